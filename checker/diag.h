/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diag: what compilers say, taken apart.
 *
 * Reads the human output of rustc, clippy, clang, modpost and ld.lld as
 * Kbuild prints it. Pure: text in, records out.
 */
#ifndef CHECKER_DIAG_H
#define CHECKER_DIAG_H

#include <stddef.h>

enum diag_level {
	DIAG_ERROR,
	DIAG_WARNING,
	DIAG_NOTE,
};

enum diag_tool {
	DIAG_RUSTC,   /* clippy too: its .code starts with "clippy::" */
	DIAG_CLANG,
	DIAG_MODPOST,
	DIAG_LINKER,
	DIAG_MAKE,
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
 * none) are made relative to it. Errors come first, each level in the order
 * it was printed. At most 500 records. -1 only when out of memory.
 */
int diag_parse(struct diag **out, size_t *n, const char *text, size_t len,
	       const char *stage);
void diag_free(struct diag *d, size_t n);

#endif
