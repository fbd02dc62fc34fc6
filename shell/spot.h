/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spot: the place in the learner's files to go to.
 *
 * Each check of the learner's own work leaves the places that it named, the
 * most telling first, in STATE/logs/SLUG.place, a "FILE:LINE" a line.
 */
#ifndef SHELL_SPOT_H
#define SHELL_SPOT_H

#include <stdbool.h>

struct buf;
struct err;
struct lesson;
struct session;
struct verdict;

enum spot_why {
	SPOT_ASKED, /* by name */
	SPOT_CHECK, /* the last check named it */
	SPOT_TODO, /* something is to be written there */
	SPOT_FIRST, /* the first file to edit: nothing else is known */
};

struct spot {
	char *name; /* as people know it: "wrap.rs" */
	char *path; /* where it is */
	unsigned line; /* from 1; 0: not known */
	enum spot_why why;
};

void spot_release(struct spot *p);

/* Add the places of @v, for SLUG.place; nothing for a pass. */
void spot_add_places(struct buf *out, const struct verdict *v);

/* The lesson was begun anew: what was found before is no more. */
void spot_forget(const struct session *s, const char *slug);

/*
 * Where to go on in lesson @l, whose folder is @dir. -1: out of memory, or
 * none of its files is there (ERR_USAGE).
 */
int spot_next(struct spot *out, const struct session *s, const struct lesson *l,
	      const char *dir, struct err *e);

/*
 * What @word means: FILE, FILE:LINE or FILE:LINE:COLUMN; FILE is one of the
 * lesson's folder, by name or by path, or of the kernel's source.
 */
int spot_find(struct spot *out, const struct session *s, const struct lesson *l,
	      const char *dir, const char *word, struct err *e);

#endif
