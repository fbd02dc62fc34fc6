/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * work: what a learner has of one lesson: the folder and the versions.
 *
 * For the commands that look back. The lesson itself may be broken, or not
 * be there any more: what was done for it still is.
 */
#ifndef SHELL_WORK_H
#define SHELL_WORK_H

#include "checker/err.h"
#include "lesson.h"
#include "progress.h"
#include "starter.h"

struct catalogue_entry;
struct fileset;
struct session;

struct work {
	struct session *s;
	const char *slug; /* borrowed */
	const struct catalogue_entry *c; /* NULL: no such lesson any more */
	struct lesson l;
	bool loaded;
	struct err broken; /* why .l is not loaded */
	char *dir;
	struct progress_version *v; /* oldest first */
	size_t n;
};

/*
 * Opens the session too. @name NULL: the lesson at work. -1: there is no such
 * lesson (ERR_USAGE), or no memory. work_release() in any case.
 */
int work_open(struct work *w, struct session *s, const char *name,
	      struct err *e);
void work_release(struct work *w);

/* Whether @arg is the number of a version rather than a name. */
bool work_is_number(const char *arg);
/* The version that @arg is the number of; NULL: ERR_USAGE. */
const struct progress_version *work_version(const struct work *w,
					    const char *arg, struct err *e);
/* The newest one that was checked, or NULL. */
const struct progress_version *work_checked(const struct work *w);

/* Its files. */
int work_load(const struct work *w, const struct progress_version *v,
	      struct fileset *f, struct err *e);
/*
 * The learner's files as they are now: those of the lesson, and those that
 * @like has. -1 (ERR_USAGE) when something else is in the place of one.
 */
int work_now(const struct work *w, struct fileset *f,
	     const struct fileset *like, struct err *e);
/* The starter or the solution; -1 where the lesson is not loaded. */
int work_lesson(const struct work *w, struct fileset *f, enum starter_what what,
		struct err *e);

#endif
