/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fold: lines of code that are too long for a terminal.
 *
 * A terminal would break them in the middle of a word, and what goes on in
 * the next line would read as a line of its own. Prose is wrap.h's.
 */
#ifndef SHELL_FOLD_H
#define SHELL_FOLD_H

#include <stddef.h>

struct buf;
struct term;

/*
 * Add @line, which has no newline, behind @prefix, which stands in @out
 * already. Where it is too long it is broken, at a space if one is near, and
 * a sign stands before what goes on, under the line's first word. Styles in
 * it are kept. In a pipe, and in plain mode, the line stays whole.
 */
void fold_line(struct buf *out, const struct term *t, const char *prefix,
	       const char *line, size_t len);

#endif
