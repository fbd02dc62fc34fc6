/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check: the whole way from a folder of files to a verdict.
 *
 * stage, lint, build, abi, boot, grade: one after the other; the first that
 * fails ends the check, and the time of each is kept. check_run() returns 0
 * with a verdict whatever the learner's work did; a lesson or a machine at
 * fault is a verdict too (OUTCOME_LESSON_FAULT, OUTCOME_ENV_FAULT), so that
 * every caller reports them alike. Only being cancelled, or being called
 * wrongly, is an error.
 */
#ifndef CHECKER_CHECK_H
#define CHECKER_CHECK_H

#include "spec.h"
#include "verdict.h"

struct err;
struct record;

/* Called from check_run() as it goes; each may be NULL. */
struct check_watch {
	void *arg;
	void (*tier_begin)(void *arg, enum tier t);
	/* What the tier is doing, when it takes long: "making the guest". */
	void (*tier_detail)(void *arg, enum tier t, const char *what);
	void (*tier_end)(void *arg, enum tier t, enum tier_result r,
			 int64_t ms);
};

/* Seeds fit the integers that every JSON reader can hold. */
#define CHECK_SEED_MAX ((UINT64_C(1) << 53) - 1)

struct check_request {
	const struct spec *spec;
	const char *dir;  /* where the files to edit are */
	/*
	 * A folder of the lesson's whose files are laid over what is staged,
	 * given files and all; NULL: none.
	 */
	const char *overlay;
	const char *log;  /* where the raw log goes, or NULL: not kept */
	bool cold;	  /* boot from nothing rather than resume */
	uint64_t seed;	  /* 0: chosen, and told in the verdict */
	/*
	 * Of a lesson with races a seed names one run, and only that is
	 * done, unless this asks for all, the first of them with that seed.
	 */
	bool all_runs;
	/*
	 * Not NULL: what was built is run once more, by the same seed, and
	 * that run's outcome and checks are put here, for check_run()'s
	 * caller to release. Without a first run it is left alone.
	 */
	struct verdict *again;
	int cancel_fd;	  /* readable when the user asks to stop; -1: none */
	const struct check_watch *watch; /* or NULL */
	struct record *record; /* takes what is staged; NULL: not wanted */
};

int check_run(struct verdict *out, const struct check_request *req,
	      struct err *e);

#endif
