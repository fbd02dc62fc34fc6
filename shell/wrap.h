/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wrap: lines broken at spaces. Pure.
 */
#ifndef SHELL_WRAP_H
#define SHELL_WRAP_H

struct buf;

/*
 * A space (U+00A0) at which a line is broken only when what it holds together
 * is longer than a line. It comes out as a plain one.
 */
#define WRAP_GLUE "\u00a0"

struct wrap {
	unsigned width; /* columns of a line, prefix included */
	char first[80]; /* before the first line: a bullet */
	char rest[80]; /* before each of the others */
};

/* Both prefixes: @n spaces. */
void wrap_indent(struct wrap *w, unsigned n);

/*
 * Add @s to @out, wrapped, ending in a newline. A '\n' in it breaks the
 * line; runs of spaces become one. A word that is longer than a line stays
 * whole, so that a path or an address can still be copied. A style that is
 * on at the end of a line is switched off there and on again in the next.
 */
void wrap_text(struct buf *out, const struct wrap *w, const char *s);

#endif
