/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress: what the learner has done: lessons, attempts, hints taken.
 *
 * One SQLite file, STATE/progress.db: whatever is killed at whatever moment,
 * it holds every attempt that was recorded and half of none. Two shells may use it at once. Nothing is opened before it is
 * asked for, and nothing is created before something is to be written, so a
 * command that only looks works where nothing can be written.
 *
 * Lessons are named by their slug. All functions that can fail return 0 or
 * -1 with @e set (ERR_ENV).
 */
#ifndef SHELL_PROGRESS_H
#define SHELL_PROGRESS_H

#include "checker/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct progress;

enum progress_state {
	PROGRESS_NEW, /* never started */
	PROGRESS_STARTED,
	PROGRESS_PASSED,
};

struct progress_lesson {
	char *slug;
	enum progress_state state;
	int64_t started_at; /* seconds since 1970; 0: never */
	int64_t passed_at;
	int64_t solution_at; /* when it was first shown; 0: never */
	unsigned attempts; /* those that count */
	unsigned hints;
};

struct attempt {
	const char *slug;
	const char *verdict; /* a name of the JSON contract */
	int64_t at; /* seconds since 1970 */
	int64_t ms;
	unsigned earned, possible;
	uint64_t seed;
	bool passed;
	int64_t version; /* of the files: progress_version_add(); 0: none */
	/*
	 * What failed, the most telling first: keys of hints. See
	 * lesson_hint().
	 */
	struct strv keys;
};

/* Only takes note of @path; NULL when out of memory. */
struct progress *progress_new(const char *path);
void progress_free(struct progress *p);

/* The lesson that was started last, or NULL in *@slug. The caller frees. */
int progress_current(struct progress *p, char **slug, struct err *e);

/* A lesson never started is all zeroes but for its name. */
int progress_lesson(struct progress *p, const char *slug,
		    struct progress_lesson *out, struct err *e);
void progress_lesson_release(struct progress_lesson *l);
/* Whether it was passed, and only after the solution had been shown. */
bool progress_saw_solution(const struct progress_lesson *l);
/* All that were ever started, by slug. */
int progress_all(struct progress *p, struct progress_lesson **out, size_t *n,
		 struct err *e);
void progress_all_free(struct progress_lesson *l, size_t n);

/* Started now, unless it was before; and it is the current one. */
int progress_start(struct progress *p, const char *slug, struct err *e);

/*
 * Record an attempt that counts. A lesson once passed stays passed.
 */
int progress_attempt(struct progress *p, const struct attempt *a,
		     struct err *e);

/*
 * The last attempt at @slug: its verdict and keys, which the caller frees;
 * *@verdict is NULL when there was none.
 */
int progress_last(struct progress *p, const char *slug, char **verdict,
		  struct strv *keys, struct err *e);

/* How many hints of @key were given; and that one more has been. */
int progress_hints(struct progress *p, const char *slug, const char *key,
		   unsigned *n, struct err *e);
int progress_hint(struct progress *p, const char *slug, const char *key,
		  struct err *e);

/* ---- steps, in progress-step.c ---- */

/* The name of the step at work, or NULL in *@name; the caller frees. */
int progress_step(struct progress *p, const char *slug, char **name,
		  struct err *e);
/* @name NULL: none is, the lesson begins at the beginning. */
int progress_set_step(struct progress *p, const char *slug, const char *name,
		      struct err *e);
/* Done once, done for ever; and the names of all that are. */
int progress_step_done(struct progress *p, const char *slug, const char *name,
		       struct err *e);
int progress_steps_done(struct progress *p, const char *slug, struct strv *out,
			struct err *e);
/* Unless its work is taken back: @name is to be done again. */
int progress_step_undone(struct progress *p, const char *slug, const char *name,
			 struct err *e);

/* Record what was answered, counted from 0, before the answer was shown. */
int progress_predict(struct progress *p, const char *slug, const char *step,
		     unsigned choice, bool correct, struct err *e);
/* 1: the first answer is in *@choice; 0: there was none. */
int progress_predicted(struct progress *p, const char *slug, const char *step,
		       unsigned *choice, struct err *e);

/* ---- versions of the work: progress-version.c ---- */

struct progress_version {
	int64_t id;
	unsigned number; /* in its lesson, from 1; 0: files not kept */
	char *hash; /* names the archive: see version.h; NULL: not kept */
	char *reason; /* "check", "reset", "restore", "solution", … */
	int64_t at;
	/* Of the last check of it that counts, if .checks is not 0. */
	unsigned checks;
	char *verdict;
	int64_t checked_at, ms;
	unsigned earned, possible, hints;
};

/*
 * The work is as archive @hash from now on: a row, unless there is one with
 * the same hash; for @reason "check" only the newest counts, so that checks
 * stand in their order. Either way the row's id and number.
 */
int progress_version_add(struct progress *p, const char *slug, const char *hash,
			 const char *reason, int64_t *id, unsigned *number,
			 struct err *e);

/*
 * All versions of the work on @slug, oldest first; and the attempts whose
 * files were not kept, as ones without number, where their time puts them.
 */
int progress_versions(struct progress *p, const char *slug,
		      struct progress_version **out, size_t *n, struct err *e);
void progress_versions_free(struct progress_version *v, size_t n);

/* Take note that the solution is shown, the first time. */
int progress_solution(struct progress *p, const char *slug, struct err *e);

/* ---- what was laid down: progress-laid.c ---- */

struct progress_laid {
	char *file, *hash;
};

/* The files of @slug as Kiln put them there last, by name. */
int progress_laid(struct progress *p, const char *slug,
		  struct progress_laid **out, size_t *n, struct err *e);
void progress_laid_free(struct progress_laid *v, size_t n);
/* These instead, all at once. */
int progress_lay(struct progress *p, const char *slug,
		 const struct progress_laid *v, size_t n, struct err *e);

/*
 * Whether the file is whole (progress-verify.c), and how many lessons are
 * begun. A file that is not there is whole. -1: why, and what to do.
 */
int progress_verify(struct progress *p, unsigned *lessons, struct err *e);

/* ---- time: progress-time.c; what counts is said in spent.h ---- */

struct progress_spent {
	char *slug;
	int64_t seconds;
	int64_t today; /* seconds of them */
};

/* So many more @seconds, on the day of @at (seconds since 1970). */
int progress_spend(struct progress *p, const char *slug, int64_t at,
		   int64_t seconds, struct err *e);
/* All lessons that any was spent on, by slug. */
int progress_spent(struct progress *p, int64_t now, struct progress_spent **out,
		   size_t *n, struct err *e);
void progress_spent_free(struct progress_spent *v, size_t n);

#endif
