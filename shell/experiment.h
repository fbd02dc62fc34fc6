/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * experiment: what a predict step asks, tried in the real kernel.
 *
 * The lesson's solution with try/NAME/ laid over it is built and run as a
 * check is, by the step's own plan or else by the lesson's, and graded by the
 * step's signs, one for each choice that has one. Nothing of it is the
 * learner's, and nothing is recorded. Nothing here shows anything.
 */
#ifndef SHELL_EXPERIMENT_H
#define SHELL_EXPERIMENT_H

#include "checker/verdict.h"

struct check_spec;
struct check_watch;
struct err;
struct lesson;
struct lesson_step;
struct klog;
struct spec;
struct term;

struct experiment {
	struct verdict v; /* its checks are the step's signs */
	struct verdict again; /* of a second run, if one was asked for */
	char *log;	  /* the raw log, or NULL when no guest ran */
	int64_t ms;
};

/* The plan that the signs of @st name steps of. */
const struct spec *experiment_plan(const struct lesson *l,
				   const struct lesson_step *st);

/* Of how it is run. */
struct experiment_how {
	const struct check_watch *watch; /* or NULL */
	int cancel_fd; /* as in struct check_request */
	bool twice; /* fill .again as well */
};

/*
 * Run it. 0 whatever came of it; -1: cancelled, or it could not be begun.
 */
int experiment_run(struct experiment *out, const struct lesson *l,
		   const struct lesson_step *st,
		   const struct experiment_how *how, struct err *e);
void experiment_release(struct experiment *x);

/*
 * The same of a log that is there already: that of the learner's own check.
 * Only signs of kinds log and absent can be told so.
 */
int experiment_read(struct experiment *out, const struct lesson *l,
		    const struct lesson_step *st, const char *log_path,
		    struct err *e);

/* What came of the sign of choice @i; NULL: it has none, or nothing ran. */
const struct verdict_check *experiment_sign(const struct experiment *x,
					    size_t i);
/* The log taken apart, NULL when there is none; for klog_free(). */
struct klog *experiment_klog(const struct experiment *x);

/*
 * Show the lines of the real log that decide choice @i, in experiment-show.c:
 * those of the plan's step that its sign names, or those that were looked for.
 */
void experiment_show(const struct term *t, const struct experiment *x,
		     const struct lesson *l, const struct lesson_step *st,
		     size_t i);

/* Whether that sign was seen. */
bool experiment_shows(const struct experiment *x, size_t i);

#endif
