/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diag: what compilers say, taken apart.
 *
 * Reads the human output of rustc, clippy, clang, modpost, ld.lld, objtool
 * and make as Kbuild prints it. Pure: text in, records out.
 */
#ifndef CHECKER_DIAG_H
#define CHECKER_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#define DIAG_MOST 500 /* reports that are read */

enum diag_level {
	DIAG_ERROR,
	DIAG_WARNING,
	DIAG_NOTE,
};

enum diag_tool {
	DIAG_RUSTC,   /* clippy too: its .code starts with "clippy::" */
	DIAG_CLANG,
	DIAG_MODPOST,
	DIAG_LINKER,  /* objtool too */
	DIAG_MAKE,
	DIAG_ABI, /* ours: C and Rust disagree */
};

struct diag {
	enum diag_level level;
	enum diag_tool tool;
	char *code;    /* "E0308", "clippy::…", "-Wunused-variable", or NULL */
	char *file;    /* as the learner knows it, or NULL */
	unsigned line; /* 1-based; 0 when not known */
	unsigned col;  /* 1-based; 0 when not known */
	char *message; /* one line */
	char *text;    /* the whole of what the tool printed on it */
};

/*
 * Parse @len bytes of build output. Paths that start with @stage ("" for
 * none) are made relative to it, in the texts as well; a report on the
 * kernel's own source is given the place in the learner's that led there,
 * where it names one. Errors come first, each level in the order it was
 * printed; a report printed twice is one. At most DIAG_MOST records, texts of at
 * most 16 KiB, all of them valid UTF-8 without control characters. That a
 * recipe of make's failed is a record only if nothing says why. -1 only
 * when out of memory.
 */
int diag_parse(struct diag **out, size_t *n, const char *text, size_t len,
	       const char *stage);
void diag_free(struct diag *d, size_t n);

/*
 * Is it of the kind @name? A lint ("unused_must_use", "clippy::no_effect",
 * "-Wunused-variable"; '-' and '_' are alike) or an error code. A trailing
 * "*" stands for any rest, with or without a code: "clippy::*", "*".
 */
bool diag_is(const struct diag *d, const char *name);

/*
 * Two or three plain sentences on a message that says little to those who
 * meet it for the first time (an undefined rust_build_error, say), or NULL.
 */
const char *diag_advice(const struct diag *d);

#endif
