/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * change: what is not as it was, as a list to be told.
 *
 * Says nothing of what the two sides are; whoever adds decides. Each change
 * is a kind of thing, the name of one, and what it was and is.
 */
#ifndef CHECKER_CHANGE_H
#define CHECKER_CHANGE_H

#include <stddef.h>

struct change {
	char *what; /* "lesson-file", "kernel", "verdict", "check", … */
	char *name; /* which of them: "tests/x.c", or NULL: there is one */
	char *then; /* NULL: it was not there */
	char *now; /* NULL: it is not there any more */
};

struct changes {
	struct change *v;
	size_t n;
};

#define CHANGES_INIT                                                           \
	{                                                                      \
		.v = NULL                                                      \
	}

void changes_release(struct changes *c);
/* Add copies; each but @what may be NULL. -1: out of memory. */
int changes_add(struct changes *c, const char *what, const char *name,
		const char *then, const char *now);
/* Likewise, if @then and @now are not the same. */
int changes_compare(struct changes *c, const char *what, const char *name,
		    const char *then, const char *now);

#endif
