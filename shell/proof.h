/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proof: is a lesson what it says it is?
 *
 * A lesson is proved when, in the real guest, its solution passes, its
 * starter does not, each other solution in alt/ passes, and each of its wrong
 * answers is rejected by the very check that it names; when whoever begins in
 * the middle finds the checks of the write steps before it holding; when each
 * experiment shows what its question's right answer says, and nothing that a
 * wrong one says; and all that twice, with the same result. What is to be run
 * twice is built once. Nothing here shows anything: whoever calls does.
 */
#ifndef SHELL_PROOF_H
#define SHELL_PROOF_H

#include "checker/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct err;
struct lesson;
struct lesson_wrong;
struct proof_answer;
struct verdict;

enum proof_kind {
	PROOF_SOLUTION,
	PROOF_STARTER,
	PROOF_ALT,
	PROOF_WRONG,
	PROOF_STEP, /* solved up to a write step, and no further */
	PROOF_TRY,  /* the experiment of a predict step */
	PROOF_FOLDER, /* files from elsewhere: nothing is expected of them */
};

struct proof_case {
	enum proof_kind kind;
	char *name; /* "solution", "alt/loop", "wrong/leak", "step/two" */
	const struct lesson_wrong *wrong; /* the lesson's, or NULL */
	size_t step; /* of PROOF_STEP and PROOF_TRY, its index */
};

struct proof_plan {
	struct proof_case *v;
	size_t n;
};

/*
 * proof-plan.c: all cases of @l, which must outlive the plan. -1: a folder cannot be read,
 * or is not to be there (ERR_LESSON).
 */
int proof_plan_make(struct proof_plan *p, const struct lesson *l,
		    struct err *e);
void proof_plan_release(struct proof_plan *p);
/* The case of that name, or NULL. */
const struct proof_case *proof_plan_find(const struct proof_plan *p,
					 const char *name);

/*
 * Lay down @c's files in folder @dir, which is not there yet. For
 * PROOF_FOLDER there is nothing to do, and @dir is what is checked.
 */
int proof_lay_down(const struct proof_case *c, const struct lesson *l,
		   const char *dir, struct err *e);

/*
 * Check @c, in a folder of its own (PROOF_FOLDER: in @folder, and only once).
 * What holds is run a second time, and .flaky of @out says what was otherwise.
 * 0 with @out filled; -1: a machine at fault, or interrupted.
 */
int proof_run(struct proof_answer *out, const struct lesson *l,
	      const struct proof_case *c, const char *folder, int cancel_fd,
	      struct err *e);

/*
 * Does @v do what @l says of @c, which is no PROOF_TRY? Else why not, in
 * @why. Pure.
 */
bool proof_holds(const struct proof_case *c, const struct lesson *l,
		 const struct verdict *v, struct buf *why);

#endif
