/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * difference: what two sets of files differ in, by the host's diff(1).
 *
 * diff is given descriptors of memory, so that nothing is written anywhere:
 * it works with a full disk and in a home that is read-only.
 */
#ifndef SHELL_DIFFERENCE_H
#define SHELL_DIFFERENCE_H

#include "checker/buf.h"

struct err;
struct fileset;
struct term;

struct difference {
	struct buf text; /* unified; empty: none */
	unsigned added, removed; /* lines */
};

/*
 * From @a to @b, which the heads of the files call @from and @to, behind the
 * file's name. With @only, that file alone. -1: diff cannot be run.
 */
int difference_make(struct difference *d, const struct fileset *a,
		    const char *from, const struct fileset *b, const char *to,
		    const char *only, struct err *e);
void difference_release(struct difference *d);

/* Add it with colours, fit for the terminal. */
void difference_add(struct buf *out, const struct term *t,
		    const struct difference *d);

#endif
