/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mutating: is a lesson's grader awake? Its solution is changed a little, in
 * many ways, and each of these mutants is checked as a learner's work is.
 */
#ifndef SHELL_MUTATING_H
#define SHELL_MUTATING_H

#include "checker/store.h"
#include "mutant.h"
#include "solved.h"

#include <stdint.h>

struct err;
struct lesson;

struct mutating_file {
	const char *name; /* the lesson's, "wrap.rs" */
	struct solved solved;
	struct mutants all;
};

enum mutating_fate {
	MUTANT_WAITS,
	MUTANT_NOTICED, /* it does not pass, or a check failed */
	MUTANT_NO_BUILD, /* nobody could hand it in */
	MUTANT_UNNOTICED,
};

struct mutating_one {
	const struct mutating_file *file;
	const struct mutant *m;
	char name[MUTANT_NAME_LEN + 1];
	unsigned line; /* in solution/, markers and all */
	enum mutating_fate fate;
	char *why; /* unnoticed: what the lesson's notes say of it, or NULL */
};

struct mutating {
	const struct lesson *l;
	struct mutating_file *files;
	size_t nfiles;
	struct mutating_one *v; /* in the order of the files */
	size_t n;
	size_t made; /* before --max took some away */
	size_t done, unnoticed;
	struct run_dir run;
	size_t next; /* to be started; the solution comes before the first */
	bool begun;
	/* Called when one has ended; may be NULL. */
	void *arg;
	void (*on_done)(void *arg);
};

/*
 * Make the mutants of @l, at most @max of them (0: all), chosen by @seed;
 * @l must outlive them. -1: a file is no C or Rust, or cannot be read.
 */
int mutating_open(struct mutating *m, const struct lesson *l, size_t max,
		  uint64_t seed, struct err *e);
void mutating_release(struct mutating *m);

/*
 * Check them. -1: interrupted, a machine at fault, or the solution itself
 * does not pass (ERR_LESSON).
 */
int mutating_run(struct mutating *m, const struct store *s, unsigned jobs,
		 int cancel_fd, struct err *e);

size_t mutating_count(const struct mutating *m, enum mutating_fate fate);

/*
 * Read what notes.md says of those that are unnoticed: a line "- `NAME`: why"
 * each. Adds the names that are none of theirs to @stale. -1: it cannot be
 * read; that there is none is no error.
 */
int mutating_explain(struct mutating *m, struct strv *stale, struct err *e);

#endif
