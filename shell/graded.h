/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * graded: what `check --keep FILE` does around a check.
 */
#ifndef SHELL_GRADED_H
#define SHELL_GRADED_H

struct record;
struct term;
struct verdict;

/*
 * Write what was graded to @path, and say so, on @t unless it is NULL. -1:
 * there is no such file now, and it was told why. That nothing was graded
 * at all is told, but is no failure of this.
 */
int graded_keep(const struct term *t, struct record *r, const struct verdict *v,
		const char *path);

#endif
