/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proving: lessons being proved, several runs at a time.
 *
 * Each case of each lesson is tried, in a process that runs twice what it has
 * built (proof.h). What comes of it is told as it comes.
 */
#ifndef SHELL_PROVING_H
#define SHELL_PROVING_H

#include "checker/err.h"
#include "checker/hash.h"
#include "lesson.h"
#include "proof-answer.h"
#include "proof.h"

#include <stdint.h>

struct author_choice;
struct catalogue_entry;
struct session;
struct store;

enum trial_state {
	TRIAL_NEW,
	TRIAL_BEGUN,
	TRIAL_DONE,
};

struct trial {
	const struct proof_case *c;
	enum trial_state state;
	struct proof_answer answer; /* what came of it */
	bool holds;
	bool flaky; /* the two runs did not say the same */
	char *why; /* it does not hold; or NULL */
	long ms; /* of building it and both runs */
};

enum proving_state {
	PROVING_UNDER_WAY,
	PROVING_PROVED,
	PROVING_FAILED, /* a trial does not hold */
	PROVING_BROKEN, /* it cannot be loaded: .error */
	PROVING_BEFORE, /* proved as it is, at another time */
};

struct proving_lesson {
	const struct catalogue_entry *entry;
	enum proving_state state;
	struct err error;
	struct lesson l; /* empty when it is broken */
	struct proof_plan plan;
	struct trial *trials; /* .plan.n of them */
	size_t left; /* trials that are not done */
	char key[HASH_KEY_LEN + 1]; /* proved.h */
	long ms; /* of all cases together */
};

struct proving {
	struct proving_lesson *v;
	size_t n;
	size_t cases; /* done */
	size_t all_cases;
	const struct store *store;
	const char *program; /* that tries a case; NULL: this one */
	/* Called as it goes; each may be NULL. */
	void *arg;
	void (*on_case)(void *arg);
	void (*on_lesson)(void *arg, const struct proving_lesson *l);
};

/*
 * Load the lessons; with @changed, those that were proved as they are now
 * are passed over. A broken lesson is no error here.
 */
int proving_open(struct proving *p, struct session *s,
		 const struct author_choice *c, bool changed, struct err *e);
void proving_release(struct proving *p);

/* -1: a machine at fault, or interrupted; what was done until then stands. */
int proving_run(struct proving *p, unsigned jobs, int cancel_fd, struct err *e);

#endif
