/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel's crates are, how they depend on each other and what they
 * are configured by: from the kernel's rust/Makefile and its own
 * scripts/generate_rust_analyzer.py, of 7.3. What the procedural macros are
 * made of is left out: they are only called, by their libraries.
 */
#include "editors-int.h"

const struct editors_crate editors_crates[EDITORS_NCRATES] = {
	{.name = "core",
	 .root = "core/src/lib.rs",
	 .kind = CRATE_CORE,
	 .cfgs = "no_fp_fmt_parse"},
	{.name = "compiler_builtins",
	 .root = "compiler_builtins.rs",
	 .deps = "core"},
	{.name = "macros",
	 .root = "macros/lib.rs",
	 .kind = CRATE_PROC,
	 .deps = "core"},
	{.name = "zerocopy_derive",
	 .root = "zerocopy-derive/lib.rs",
	 .kind = CRATE_PROC,
	 .deps = "core",
	 .cfgs = "zerocopy_unstable_linux"},
	{.name = "build_error",
	 .root = "build_error.rs",
	 .deps = "core compiler_builtins"},
	{.name = "pin_init_internal",
	 .root = "pin-init/internal/src/lib.rs",
	 .kind = CRATE_PROC,
	 .deps = "core",
	 .cfgs = "kernel USE_RUSTC_FEATURES"},
	{.name = "pin_init",
	 .root = "pin-init/src/lib.rs",
	 .deps = "core compiler_builtins pin_init_internal macros",
	 .cfgs = "kernel USE_RUSTC_FEATURES"},
	{.name = "ffi", .root = "ffi.rs", .deps = "core compiler_builtins"},
	{.name = "zerocopy",
	 .root = "zerocopy/src/lib.rs",
	 .deps = "core compiler_builtins",
	 .cfgs = "no_fp_fmt_parse",
	 .env = {"CARGO_PKG_VERSION", "0.8.54"}},
	{.name = "bindings",
	 .root = "bindings/lib.rs",
	 .kind = CRATE_GENERATED,
	 .deps = "core ffi pin_init"},
	{.name = "uapi",
	 .root = "uapi/lib.rs",
	 .kind = CRATE_GENERATED,
	 .deps = "core ffi pin_init"},
	{.name = "kernel",
	 .root = "kernel/lib.rs",
	 .kind = CRATE_GENERATED,
	 .deps = "core macros build_error pin_init ffi bindings uapi zerocopy "
		 "zerocopy_derive"},
};
