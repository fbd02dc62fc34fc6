/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snippet: what a compiler printed, on a terminal of any width.
 *
 * Its pictures are lines of source with marks and labels below them. Where
 * they do not fit, nothing is cut: a label goes on below itself, or on a line
 * of its own behind the mark that it is for; a line of source goes on with
 * '>' for its number, and the marks stay below what they mark. Any other line
 * is folded. Elsewhere than on a terminal all stays as it was printed.
 */
#ifndef SHELL_SNIPPET_H
#define SHELL_SNIPPET_H

#include <stddef.h>

struct buf;
struct term;

/* Add the lines of @s, each behind @prefix: how many they became. */
unsigned snippet_add(struct buf *out, const struct term *t, const char *prefix,
		     const char *s, size_t len);

/*
 * What follows the bar of a line of a picture, within its @len bytes, or
 * NULL: it is none. *@numbered: it is a line of the source.
 */
const char *snippet_past_bar(const char *line, size_t len, int *numbered);
/* Where the label starts in what follows the bar of a line of marks. */
size_t snippet_label(const char *past, size_t len);

#endif
