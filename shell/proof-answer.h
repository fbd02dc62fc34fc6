/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proof-answer: what came of one case of a proof, in a form that one process
 * writes and another reads.
 */
#ifndef SHELL_PROOF_ANSWER_H
#define SHELL_PROOF_ANSWER_H

#include "checker/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct err;
struct verdict;

struct proof_answer {
	char *verdict; /* outcome_name() */
	char *reason; /* of the verdict; "" for a pass */
	struct strv checks; /* "id pass", "id fail", "id not-run", in order */
	bool holds; /* it did what the lesson says of it */
	char *why; /* otherwise: what it did instead; else "" */
	char *flaky; /* it held, and a second run: what differed; else "" */
	long ms;
};

/* From @v; @why may be NULL. -1: out of memory. */
int proof_answer_take(struct proof_answer *a, const struct verdict *v,
		      bool holds, const char *why, long ms, struct err *e);
void proof_answer_release(struct proof_answer *a);
/* Takes what @why holds as .flaky. -1: out of memory. */
int proof_answer_set_flaky(struct proof_answer *a, struct buf *why,
			   struct err *e);

/* One line of JSON: an answer, or the error that came instead of it. */
int proof_answer_write(const struct proof_answer *a, FILE *out);
int proof_answer_write_error(const struct err *e, FILE *out);

/*
 * Read the last line of what a run printed. 0; -1: the error that stands
 * there, or that none of both does (ERR_ENV, with what was printed).
 */
int proof_answer_read(struct proof_answer *a, const char *text, size_t len,
		      struct err *e);

/*
 * Is the second answer the first again: verdict, and the result of every
 * check? Else what differs, in @why.
 */
bool proof_answer_same(const struct proof_answer *a,
		       const struct proof_answer *b, struct buf *why);

#endif
