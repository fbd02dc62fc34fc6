/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * track: the lessons and what has come of each: what is passed, what is
 * open, what is next.
 */
#ifndef SHELL_TRACK_H
#define SHELL_TRACK_H

#include "progress.h"

struct catalogue_entry;
struct session;

/* What a lesson is to the learner. */
enum track_look {
	TRACK_PASSED,
	TRACK_STARTED,
	TRACK_OPEN, /* all that it builds on is passed */
	TRACK_LOCKED,
	TRACK_BROKEN,
};

/* Every lesson of the catalogue, in its order. */
struct track_map {
	const struct session *s;
	enum progress_state *state; /* s->lessons.n of them */
};

/*
 * What session_open() could not read is told, once, and counts as not begun.
 */
int track_map_open(struct track_map *m, struct session *s, struct err *e);
void track_map_release(struct track_map *m);

enum progress_state track_state(const struct track_map *m,
				const struct catalogue_entry *c);

enum track_look track_look(const struct track_map *m,
			   const struct catalogue_entry *c);

/*
 * The first lesson that @c builds on and that is not passed, or NULL. A
 * lesson that this Kiln does not have cannot be asked for.
 */
const struct catalogue_entry *track_missing(const struct track_map *m,
					    const struct catalogue_entry *c);

/*
 * The next lesson to do: not passed, not broken, and all that it builds on
 * passed; the first such after @after, then from the beginning; never @after
 * itself. NULL: there is none.
 */
const struct catalogue_entry *track_next(const struct track_map *m,
					 const struct catalogue_entry *after);

#endif
