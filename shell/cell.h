/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cell: text in a column of a table.
 */
#ifndef SHELL_CELL_H
#define SHELL_CELL_H

struct buf;
struct term;

/*
 * @s in exactly @columns: cut with an ellipsis where it is longer, spaces
 * behind it where it is shorter.
 */
void cell_add(struct buf *out, const struct term *t, const char *s,
	      unsigned columns);
/* Likewise, but no spaces: for the last column. */
void cell_last(struct buf *out, const struct term *t, const char *s,
	       unsigned columns);

#endif
