/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Advice on what modpost, the linker, objtool, clang and make say. */
#include "diag-advice-int.h"

#define FLOAT                                                                  \
	"This is what a compiler calls to compute with float or double. The "  \
	"kernel does without them, in C and in Rust: count in a smaller unit " \
	"(microseconds, thousandths) with integers."

static const struct advice advices[] = {
	{DIAG_MODPOST, "'rust_build_error' undefined", NULL,
	 "The compiler could not prove a condition that must be settled at "
	 "build time, so the call to rust_build_error, which exists nowhere, "
	 "stayed in the module. Look for build_assert!, and for I/O such as "
	 "read32(offset) with an offset that is not a constant; where the "
	 "value is known only at run time, use the try_ variant."},
	{DIAG_MODPOST, "'rust_helper_", "undefined",
	 "C macros and static inline functions have no symbol that Rust "
	 "could link to, so each needs a real function around it. The kernel "
	 "calls its own rust_helper_NAME, and has none of this name: check "
	 "the spelling. One of your module's gets a prefix of its own, in a "
	 "C file that is in the module's list of objects in the Makefile."},
	{DIAG_MODPOST, "symbol '_R", "undefined",
	 "This is the mangled name of a Rust item outside this module. "
	 "Modules cannot link to each other's Rust items: what one offers "
	 "to another is an extern \"C\" function with EXPORT_SYMBOL_GPL."},
	{DIAG_MODPOST, "df3' undefined", NULL, FLOAT},
	{DIAG_MODPOST, "sf3' undefined", NULL, FLOAT},
	{DIAG_MODPOST, "symbol '__float", "undefined", FLOAT},
	{DIAG_MODPOST, "symbol '__fix", "undefined", FLOAT},
	{DIAG_MODPOST, "undefined!", NULL,
	 "Nothing in this module defines the symbol, and neither the kernel "
	 "nor another module exports it. Check its spelling on both sides "
	 "(#[no_mangle] in Rust), and that the file which defines it is in "
	 "the Makefile's list; if a.c and a.rs share a name, both make a.o "
	 "and the C file wins, so give one another name (a_rs.rs). What "
	 "another module offers needs EXPORT_SYMBOL_GPL() there. A macro or "
	 "static inline function of a header is no symbol: Rust reaches it "
	 "through a helper, a function in C around it."},
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
	{DIAG_CLANG, "source file is not valid UTF-8", NULL,
	 "The file is not text: something other than an editor wrote it."},
	{DIAG_CLANG, "call to undeclared function", NULL,
	 "No header that this file includes declares the function. In the "
	 "kernel the declaration is under include/linux, mostly in a file "
	 "named after the matter: kmalloc() is in <linux/slab.h>. What the "
	 "C library offers is not there at all."},
	{DIAG_CLANG, "file not found", "#include <std",
	 "The kernel is built without the C library, so its headers are not "
	 "there. pr_info() is in <linux/printk.h>, kmalloc() in "
	 "<linux/slab.h>, strlen() in <linux/string.h>."},
	{DIAG_CLANG, "stack frame size", NULL,
	 "The local variables of this function take more than the kernel's "
	 "small stack can spare: it is 16 KiB for a whole chain of calls. "
	 "Allocate large buffers with kmalloc(), and in Rust with KVec or "
	 "KBox::init()."},
	{DIAG_CLANG, "no previous prototype for function", NULL,
	 "A function that other files call needs a declaration in a header "
	 "that its own file includes, so that the compiler can compare the "
	 "two; one that no other file calls should be static."},
	{DIAG_MAKE, "No rule to make target", ".o'",
	 "The Makefile names this object, and there is no .c or .rs file "
	 "of that name to make it from."},
};

const struct advices advices_c = ADVICES(advices);
