/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay: a record graded again, and what came out otherwise.
 *
 * The files of the record are built and run in a temporary folder, with its
 * seed and its options, against the lesson as it is here. Nothing of the
 * learner's is touched, and nothing is remembered: a replay is no attempt.
 *
 * Two verdicts are the same when their outcome, their score, the result of
 * each check and the kinds of findings are. Messages, times, titles and
 * places may differ: they say how, not what.
 */
#ifndef CHECKER_REPLAY_H
#define CHECKER_REPLAY_H

#include "change.h"
#include "check.h"
#include "record.h"

#include <stdio.h>

struct replay {
	struct changes ground; /* by replay_ground() */
	struct changes differs; /* by replay_run(); empty: the same verdict */
	struct verdict verdict; /* as it is now */
	char *now; /* the same as JSON */
};

#define REPLAY_INIT                                                            \
	{                                                                      \
		.now = NULL                                                    \
	}

void replay_release(struct replay *p);

/*
 * Hold the ground of then against what is here. -1: the record cannot be
 * replayed here (ERR_ENV, ERR_LESSON), or is none of this lesson (ERR_USAGE).
 */
int replay_ground(struct replay *p, const struct record *r,
		  const struct spec *spec, const struct store *store,
		  const char *kiln, struct err *e);

/*
 * Grade it again. A verdict that it was the fault of the lesson or of the
 * machine is no error, as with check_run().
 */
int replay_run(struct replay *p, const struct record *r,
	       const struct spec *spec, const struct store *store,
	       int cancel_fd, const struct check_watch *watch, struct err *e);

/*
 * Add what differs between two verdicts as JSON: "verdict", "score", "check"
 * (named by its id), "finding" (named by its kind; how many). -1: ERR_USAGE
 * when @then is no verdict.
 */
int replay_compare(struct changes *out, const char *then, const char *now,
		   struct err *e);

/*
 * One object, one line:
 *
 *   format   1
 *   same     whether the verdict is the same
 *   lesson   id
 *   created  when the record was made
 *   ground   [{what, name, then, now}], what has changed around it
 *   then     the verdict of the record
 *   now      the verdict of the replay
 *   differs  [{what, name, then, now}], where the two are not the same
 *
 * -1: @out failed.
 */
int replay_json(const struct replay *p, const struct record *r, FILE *out);

#endif
