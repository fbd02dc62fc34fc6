/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * draft: a lesson that is about to be made: its place, its name, its language.
 *
 * Whatever draft_set() has taken is right, so that draft_make() fails for the
 * machine's reasons alone. What is made is a small lesson that works, copied
 * from DATA/shell/template/LANGUAGE/.
 */
#ifndef SHELL_DRAFT_H
#define SHELL_DRAFT_H

#include "checker/buf.h"

#include <stdbool.h>

struct err;

/* What there is to say of it, in the order in which it is asked. */
enum draft_part {
	DRAFT_TITLE,
	DRAFT_ID,
	DRAFT_TRACK, /* the name of a track that is not there yet */
	DRAFT_SLUG,
	DRAFT_LANGUAGE,
	DRAFT_MINUTES,
	DRAFT_NPARTS,
};

struct draft {
	const char *lessons; /* the folder of the tracks; borrowed */
	struct strv there; /* "TRACK/NN-slug": the lessons that it has */
	struct strv tracks; /* "1-the-boundary" */
	char title[256];
	unsigned track, number;
	char track_dir[96]; /* "1-the-boundary" */
	bool new_track;
	char slug[64];
	const char *language;
	char minutes[8];
};

extern const char *const draft_languages[]; /* ends in NULL */

/* Look at what is in @lessons. -1: it is no folder. */
int draft_init(struct draft *d, const char *lessons, struct err *e);
void draft_release(struct draft *d);

/*
 * Take @text for @part; -1: ERR_USAGE, and @d is as it was. Parts are set in
 * their order, for each may depend on those before it.
 */
int draft_set(struct draft *d, enum draft_part part, const char *text,
	      struct err *e);
/* What @part is when nobody says. */
void draft_default(const struct draft *d, enum draft_part part, char out[256]);

/*
 * Make it, whole or not at all, from the templates of @data. *@dir is its
 * folder, for the caller to free.
 */
int draft_make(const struct draft *d, const char *data, char **dir,
	       struct err *e);

#endif
