/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checking: one check of a lesson, from its name to what is remembered of it.
 *
 * What `check` does and `watch` does again and again, in steps that a caller
 * goes through in this order:
 *
 *   checking_open     the lesson, and the folder to check
 *   checking_refresh  the folder brought up to date, where people look on
 *   checking_run      stage to verdict, and the log into its place; or by
 *                     hand: checking_begin, check_run, checking_end
 *   checking_record   an attempt, if it counts
 *   checking_rename   before people see it
 *   checking_show     the whole of it, and what to do next
 *   checking_release  whatever came before
 *
 * What is remembered of an attempt is decided in checking_record() alone.
 */
#ifndef SHELL_CHECKING_H
#define SHELL_CHECKING_H

#include "attempt.h"
#include "checker/buf.h"
#include "checker/check.h"
#include "lesson.h"

#include <stdbool.h>
#include <stdint.h>

struct catalogue_entry;
struct err;
struct session;

struct checking {
	struct session *s; /* borrowed */
	const struct catalogue_entry *lesson; /* borrowed; NULL: none found */
	struct lesson l; /* if .loaded */
	bool loaded;
	bool own; /* the learner's own folder: it is recorded */
	char *dir;
	/*
	 * The caller's to fill but for .spec, .dir and .log. With .record,
	 * checking_end() finishes that.
	 */
	struct check_request req;
	struct attempt_log log; /* while it runs */
	int64_t began;
	int64_t ms; /* how long it took */
	int64_t version; /* of the files, kept before they are checked */
	struct verdict v; /* after the run */
	struct buf notes; /* of the folder, to be told below the report */
};

/*
 * Find lesson @name (NULL: the one at work) and folder @dir (NULL: the
 * learner's own). @c is zeroed first, but for .req and .s, which the caller
 * has set; it is to be released whatever comes of it.
 */
int checking_open(struct checking *c, const char *name, const char *dir,
		  struct err *e);
void checking_release(struct checking *c);
/*
 * Of the learner's own folder: bring it up to date with a lesson that was
 * changed since it was begun, and say so; what fails is told, and stops
 * nothing. What is no news waits for checking_tell(), which checking_show()
 * calls.
 */
void checking_refresh(struct checking *c);
void checking_tell(struct checking *c);

/*
 * Run it. @quiet: nothing is said; otherwise each stage is shown as it goes.
 * SIGINT ends it with ERR_CANCELLED, SIGTERM and SIGHUP likewise, and then
 * the session is to be left.
 */
int checking_run(struct checking *c, bool quiet, struct err *e);

/* Before and after a check_run() of the caller's own. */
int checking_begin(struct checking *c, struct err *e);
/* @ran: there is a verdict in .v; false: nothing is kept. */
void checking_end(struct checking *c, bool ran);

/* Nothing, when it says nothing about the learner's own work. */
void checking_record(struct checking *c);

/* The compilers' names for the kernel's files become the learner's. */
void checking_rename(struct checking *c);

/* The whole report, as a person reads it; and what to do next. */
void checking_report(struct checking *c);
void checking_show(struct checking *c);

/*
 * The next lesson that is open after this one (track_next), or NULL;
 * borrowed. -1: it cannot be told.
 */
int checking_next(const struct checking *c,
		  const struct catalogue_entry **next);

#endif
