/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * catalogue: which lessons there are.
 *
 * Reads DATA/lessons/TRACK/NN-slug/, in the order of their numbers. A lesson
 * that cannot be loaded is listed with its error and stops no other: what
 * its folder's name says is known all the same.
 */
#ifndef SHELL_CATALOGUE_H
#define SHELL_CATALOGUE_H

#include "checker/buf.h"
#include "checker/err.h"

#include <stdbool.h>
#include <stddef.h>

struct catalogue_entry {
	char *dir; /* absolute */
	char *track; /* folder of its track: "1-the-boundary" */
	char *track_title; /* "The boundary" */
	unsigned track_no;
	unsigned number; /* within the track */
	char *id; /* "1.2" */
	char *slug; /* "rust-calls-c" */
	char *title; /* the slug, where the lesson is broken */
	unsigned minutes; /* 0 where the lesson is broken */
	struct strv needs;
	bool broken;
	struct err error; /* why */
};

struct catalogue {
	struct catalogue_entry *v;
	size_t n;
};

/*
 * @data: the folder that has lessons/ in it; @memo: a file to remember them
 * in where they are many (catalogue-memo.h), or NULL. -1: it cannot be read
 * (ERR_ENV).
 */
int catalogue_open(struct catalogue *c, const char *data, const char *memo,
		   struct err *e);
void catalogue_release(struct catalogue *c);

/*
 * The lesson that @name means: an id ("1.2"), a slug ("rust-calls-c"), a
 * folder's name, or the beginning of an id or a slug when no other lesson's
 * begins so. NULL: @e is ERR_USAGE and says what was probably meant, or
 * which lessons it could be. The entry may be a broken one.
 */
const struct catalogue_entry *catalogue_find(const struct catalogue *c,
					     const char *name, struct err *e);

#endif
