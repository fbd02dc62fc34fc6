/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the worst messages mean, and which report is of which kind. */
#include "diag.h"
#include "diag-parse.h"

#include <string.h>

struct advice {
	enum diag_tool tool;
	const char *message; /* stands in the message */
	const char *text; /* stands in the text as well, or NULL */
	const char *advice;
};

/* The first that matches is taken, so the particular come first. */
static const struct advice advices[] = {
	{DIAG_MODPOST, "'rust_build_error' undefined", NULL,
	 "The compiler could not prove a condition that must be settled at "
	 "build time, so the call to rust_build_error, which exists nowhere, "
	 "stayed in the module. Look for build_assert!, and for I/O such as "
	 "read32(offset) with an offset that is not a constant; where the "
	 "value is known only at run time, use the try_ variant."},
	{DIAG_MODPOST, "'rust_helper_", "undefined",
	 "C macros and static inline functions have no symbol that Rust "
	 "could link to, so each needs a real function, rust_helper_NAME, "
	 "around it. Neither the kernel nor this module defines this one: "
	 "check the name, and that the C file with the helper is in the "
	 "module's list of objects in the Makefile."},
	{DIAG_MODPOST, "symbol '_R", "undefined",
	 "This is the mangled name of a Rust item outside this module. "
	 "Modules cannot link to each other's Rust items: what one offers "
	 "to another is an extern \"C\" function with EXPORT_SYMBOL_GPL."},
	{DIAG_MODPOST, "undefined!", NULL,
	 "Nothing in this module defines the symbol, and neither the kernel "
	 "nor another module exports it. Check its spelling on both sides "
	 "(#[no_mangle] on the Rust side), and that the file which defines "
	 "it is in the Makefile's list. If a.c and a.rs share a name, both "
	 "make a.o: the C file wins and the Rust file is left out, so give "
	 "one another name (a_rs.rs)."},
	{DIAG_MODPOST, "missing MODULE_LICENSE", NULL,
	 "Every module must state its licence, once: license: \"GPL\" in "
	 "module! if its entry is in Rust, MODULE_LICENSE(\"GPL\"); in a C "
	 "file if not."},
	{DIAG_MODPOST, "GPL-only symbol", NULL,
	 "The symbol is exported to modules under a GPL-compatible licence "
	 "only, and that holds for all of the kernel's Rust. Write "
	 "license: \"GPL\" in module!, or MODULE_LICENSE(\"GPL\") in C."},
	{DIAG_MODPOST, "but does not import it", NULL,
	 "The symbol stands in a namespace, which its users must name: "
	 "imports_ns: [\"NAME\"] in module!, or MODULE_IMPORT_NS(\"NAME\"); "
	 "in C."},
	{DIAG_MODPOST, "section mismatch in reference", NULL,
	 "Code that stays uses code or data marked __init or __exit. What "
	 "is __init is freed once the module is loaded, so a later use reads "
	 "memory that is gone: take the mark off one side, or add it to the "
	 "other."},
	{DIAG_MODPOST, "Section mismatches detected", NULL,
	 "Code that stays uses code or data marked __init or __exit; the "
	 "warning about a section mismatch says which."},
	{DIAG_LINKER, "duplicate symbol: init_module", NULL,
	 "A module has one entry, and this one has two: module! in Rust and "
	 "module_init() in C each define it. Keep module_init() and take "
	 "module! out of the Rust file (which then needs its own "
	 "__LOG_PREFIX), or keep module! and call the C from there."},
	{DIAG_LINKER, "duplicate symbol: cleanup_module", NULL,
	 "A module has one exit, and this one has two: module! in Rust and "
	 "module_exit() in C each define it. Keep one of them."},
	{DIAG_LINKER, "duplicate symbol:", NULL,
	 "Two files of the module define this name. Make one of them static "
	 "(in Rust: drop #[no_mangle]), or give it another name."},
	{DIAG_LINKER, "unexpected end of section", NULL,
	 "A function ends in a call that never returns. Beside an undefined "
	 "rust_build_error, it is the function whose condition the compiler "
	 "could not prove."},
	{DIAG_RUSTC, "cannot find value `__LOG_PREFIX`", NULL,
	 "pr_info! and its kin print the constant __LOG_PREFIX, which "
	 "module! defines. If this file has a module!, mend the error in it "
	 "first, often a missing comma after its last field. A Rust file "
	 "without module! defines it at the top: "
	 "const __LOG_PREFIX: &[u8] = b\"name\\0\";"},
	{DIAG_RUSTC, "expected `,`", "macro `module",
	 "Every field of module! ends with a comma, the last one too. Until "
	 "that is mended the macro makes nothing, so errors about "
	 "__LOG_PREFIX below come from here."},
	{DIAG_RUSTC, "in crate `kernel::bindings`", NULL,
	 "kernel::bindings holds what the kernel's own headers declare. "
	 "#[export] checks a function against its declaration there, so it "
	 "does not work for a function of a lesson: use #[no_mangle] and "
	 "pub extern \"C\", and EXPORT_SYMBOL_GPL in a C file."},
	{DIAG_RUSTC, "crate or module `std`", NULL,
	 "The kernel has no std: it needs an operating system below it. Use "
	 "core, and the kernel crate: KVec and KBox for Vec and Box, "
	 "CString and RBTree for String and BTreeMap."},
	{DIAG_RUSTC, "crate or module `bindings`", NULL,
	 "The kernel's C declarations are in the kernel crate: write "
	 "use kernel::bindings; first."},
	{DIAG_RUSTC, "undeclared type `String`", NULL,
	 "String and Vec come from the crate alloc, which aborts when memory "
	 "runs out, so the kernel does without it. Use KVec, and "
	 "kernel::str::CString."},
	{DIAG_RUSTC, "cannot find macro `println`", NULL,
	 "There is no standard output in the kernel. pr_info!(\"…\\n\") "
	 "writes to the kernel log."},
	{DIAG_RUSTC, "supplied", "of type `kernel::alloc::Flags` is missing",
	 "Whatever allocates in the kernel takes flags and may fail: pass "
	 "GFP_KERNEL where the code may sleep, GFP_ATOMIC where it must "
	 "not, and handle the error with ?."},
	{DIAG_RUSTC, "is unsafe and requires unsafe block",
	 "unsafe-op-in-unsafe-fn",
	 "unsafe fn makes the callers promise something; it does not make "
	 "the body one unsafe block. Put each unsafe operation in its own "
	 "unsafe { } under a SAFETY comment."},
	{DIAG_RUSTC, "macro expansion ignores", "const_assert!",
	 "const_assert! and build_assert! work only inside function bodies. "
	 "Between items use static_assert!."},
	{DIAG_RUSTC, "file not found for module", NULL,
	 "mod NAME; reads NAME.rs from the same folder. If that file is "
	 "generated (by bindgen), the Makefile must name it as what the "
	 "object depends on."},
	{DIAG_RUSTC, "did not contain valid UTF-8", NULL,
	 "The file is not text: something other than an editor wrote it."},
	{DIAG_CLANG, "source file is not valid UTF-8", NULL,
	 "The file is not text: something other than an editor wrote it."},
	{DIAG_CLANG, "no previous prototype for function", NULL,
	 "A function that other files call needs a declaration in a header "
	 "that its own file includes, so that the compiler can compare the "
	 "two; one that no other file calls should be static."},
	{DIAG_MAKE, "No rule to make target", ".o'",
	 "The Makefile names this object, and there is no .c or .rs file "
	 "of that name to make it from."},
};

const char *diag_advice(const struct diag *d)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(*advices); i++) {
		const struct advice *a = &advices[i];

		if (a->tool != d->tool || !strstr(d->message, a->message))
			continue;
		if (!a->text || strstr(d->text, a->text))
			return a->advice;
	}
	return NULL;
}

static bool same_char(char a, char b)
{
	return a == b || ((a == '-' || a == '_') && (b == '-' || b == '_'));
}

static bool span_is(struct span s, const char *name)
{
	size_t i = 0;

	while (i < s.len && name[i] && same_char(s.s[i], name[i]))
		i++;
	if (name[i] == '*' && !name[i + 1])
		return true;
	return i == s.len && !name[i];
}

bool diag_is(const struct diag *d, const char *name)
{
	if (!*name)
		return false;
	if (span_is(span_of(d->code ? d->code : ""), name))
		return true;
	/* An error with a number may be a lint as well: E0133. */
	if (d->tool != DIAG_RUSTC)
		return false;
	return span_is(lint_in_text(span_of(d->text)), name);
}
