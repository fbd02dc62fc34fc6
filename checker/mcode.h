/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mcode: the functions of a learner's modules as machine code.
 *
 * Instructions are those of the toolroot's llvm-objdump, in the AT&T syntax
 * that the kernel's own reports use, with what the linker will put in
 * already named: `call _printk`, `mov $"loaded\n",%rdi`. Sizes are those of
 * the symbol table, without what pads a function to the next one; lines and
 * what was inlined are those of the DWARF.
 */
#ifndef CHECKER_MCODE_H
#define CHECKER_MCODE_H

#include "buf.h"

#include <stdbool.h>
#include <stddef.h>

struct built;
struct err;
struct store;

/* For built_opts: what mcode_read() needs from a build. */
#define MCODE_SCRIPT                                                           \
	"llvm-objdump -d --no-show-raw-insn $(sort -u *.mod) >.code || "       \
	"exit 1\n"
/* Make's variables for a build without sanitizers. */
#define MCODE_PLAIN                                                            \
	"KASAN_SANITIZE=n UBSAN_SANITIZE=n KCSAN_SANITIZE=n KCOV_INSTRUMENT=n"

struct mcode_insn {
	unsigned long at; /* from the function's start */
	char *text; /* "mov    %rsp,%rbp" */
	const char *file; /* of the map; NULL: not known */
	unsigned line;
};

struct mcode_function {
	char *name; /* "legacy_read", "store_rs::Store::init" */
	char *symbol; /* as the linker knows it */
	struct strv aliases; /* further symbols at its place */
	char *object; /* "store_rs.o" */
	char *file; /* where it is declared, or NULL: no DWARF says */
	unsigned line;
	bool rust;
	bool own; /* .file is one of the stage, not the kernel's */
	unsigned long size; /* bytes */
	unsigned long stack; /* bytes of its frame */
	struct mcode_insn *insns;
	size_t ninsns;
};

/* A function of the stage's files that was inlined at least once. */
struct mcode_inline {
	char *name;
	char *file;
	unsigned line;
	bool rust;
	struct strv into; /* names of the functions with its code, each once */
};

struct mcode_size {
	char *name; /* "legacy.o", or "store.ko" */
	bool module;
	unsigned long code, rodata, data;
};

struct mcode {
	struct mcode_function *functions; /* by object, then by place */
	struct mcode_inline *inlines;
	struct mcode_size *sizes; /* each module behind its objects */
	size_t nfunctions, ninlines, nsizes;
	struct objmap *maps; /* what .file of instructions is borrowed from */
	size_t nmaps;
};

/* Of a build that was made with MCODE_SCRIPT, and that succeeded. */
int mcode_read(struct mcode *c, const struct built *b, struct err *e);
void mcode_release(struct mcode *c);

/* Has it no code of its own any more? */
bool mcode_is_gone(const struct mcode *c, const struct mcode_inline *i);

#endif
