/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proof: is a lesson what it says it is?
 *
 * A lesson is proved when, in the real guest, its solution passes, its
 * starter does not, and each of its wrong answers is rejected by the very
 * check that it names; when whoever begins in the middle finds the checks of
 * the write steps before it holding; and when each experiment shows what its
 * question's right answer says, and nothing that a wrong one says. Nothing
 * here shows anything: whoever calls does.
 */
#ifndef SHELL_PROOF_H
#define SHELL_PROOF_H

#include "checker/verdict.h"
#include "lesson.h"

#include <stdbool.h>

struct err;

enum proof_kind {
	PROOF_SOLUTION,
	PROOF_STARTER,
	PROOF_WRONG,
	PROOF_STEP, /* solved up to a write step, and no further */
	PROOF_TRY, /* the experiment of a predict step */
};

struct proof_case {
	enum proof_kind kind;
	const char *name;   /* "solution", "starter", or the wrong answer's,
			     * or the step's */
	bool holds;	    /* it did what the lesson says of it */
	char why[512];	    /* otherwise: what it did instead */
	struct verdict verdict;
	long ms;
};

/*
 * What can be seen without a guest: that try/ holds no folder that no step
 * uses (ERR_LESSON).
 */
int proof_look(const struct lesson *l, struct err *e);

/* 2, one for each wrong answer, write step but the last, and experiment. */
size_t proof_count(const struct lesson *l);

/*
 * Prove case @i. 0 with @out filled (released by proof_case_release()), or
 * -1: a machine at fault, or interrupted.
 */
int proof_run(struct proof_case *out, const struct lesson *l, size_t i,
	      int cancel_fd, struct err *e);
void proof_case_release(struct proof_case *c);

#endif
