/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verdict: what came of a check, as plain data, and in formats for machines.
 *
 * The names and the exit codes are a contract: other programs rely on them.
 */
#ifndef CHECKER_VERDICT_H
#define CHECKER_VERDICT_H

#include "diag.h"
#include "finding.h"

#include <stdint.h>
#include <stdio.h>

enum outcome {
	OUTCOME_PASS,	      /* every required check held, no finding */
	OUTCOME_FAIL,	      /* it ran, and a check did not hold */
	OUTCOME_BUILD_FAILED, /* did not compile or link */
	OUTCOME_ABI_FAILED,   /* C and Rust disagree on a layout */
	OUTCOME_CRASH,	      /* oops, panic, or a sanitizer report */
	OUTCOME_TIMEOUT,      /* did not finish in the calibrated time */
	OUTCOME_INCOMPLETE,   /* the log ended early, or a plan is missing */
	OUTCOME_LESSON_FAULT, /* the lesson itself is wrong */
	OUTCOME_ENV_FAULT,    /* no toolroot, disk full, QEMU would not start */
};

enum check_result {
	CHECK_PASSED,
	CHECK_FAILED,
	CHECK_NOT_RUN, /* an earlier stage ended the check */
};

enum tier {
	TIER_STAGE,
	TIER_LINT,
	TIER_BUILD,
	TIER_ABI,
	TIER_BOOT,
	TIER_GRADE,
	TIER_N,
};

enum tier_result {
	TIER_NOT_RUN,
	TIER_OK,
	TIER_FAILED,
};

/* How the message begins of a check that others must hold for. */
#define NEEDS_FIRST "needs "

struct verdict_check {
	char *id;
	char *title;
	enum check_result result;
	unsigned points;  /* what it is worth */
	char *message;	  /* what was expected and what came instead */
	char *evidence;	  /* the part of the log that answers it, or NULL */
};

struct verdict {
	enum outcome outcome;
	char *lesson; /* id */
	char *reason; /* one sentence when there is no pass, or NULL */
	char *next;   /* a sentence on what can be done now, or NULL */
	unsigned earned, possible;
	struct {
		enum tier_result result;
		int64_t ms;
	} tiers[TIER_N];
	struct verdict_check *checks;
	size_t nchecks;
	struct finding *findings;
	size_t nfindings;
	struct diag *diags; /* compiler diagnostics, errors first */
	size_t ndiags;
	char *build_output; /* what the build printed, whole, or NULL */
	char *run_output;   /* of each program after "--- LABEL", or NULL */
	bool warm;	    /* a resumed guest, not a booted one */
	bool booted;	    /* a guest ran at all */
	char *kernel;	    /* release, "7.3.4", or NULL */
	char *pack;	    /* pack of the lesson, or NULL: Kiln's own */
	uint64_t seed; /* 0: none was used */
	char *log; /* path of the raw log, or NULL when nothing ran */
};

/* Frees what is in it and leaves it empty. */
void verdict_release(struct verdict *v);

/*
 * What one run decides (outcome, reason, score, checks, findings, output,
 * seed) goes from @from to @to, in the place of what @to had.
 */
void verdict_take_run(struct verdict *to, struct verdict *from);

const char *outcome_name(enum outcome o); /* "pass", "build-failed", … */
int outcome_exit_code(enum outcome o);	  /* 0, 1, 3 or 4 */
const char *tier_name(enum tier t);	  /* "stage", "lint", … */
/* "pass", "fail", "not-run" */
const char *check_result_name(enum check_result r);
const char *tier_result_name(enum tier_result r); /* likewise */

/*
 * The object of `--json`, format 1, one line and a newline. -1: out failed.
 *
 *   format    1
 *   lesson    id
 *   verdict   outcome_name()
 *   score     {earned, possible}
 *   tiers     all of them in order: [{name, result, ms}]
 *   checks    [{id, title, result, points, message}]
 *   findings  [{kind, title, file, line, explain}]
 *   guest     "warm" or "cold"
 *   kernel    release
 *   pack      name, null for Kiln's own
 *   seed      a number; one above 2^63-1, which JSON readers would spoil,
 *             is a string of digits
 *   log       path
 *
 * What is not known is null: ms of a tier that was not run, the guest when
 * none ran, a line that is 0. Text that is not UTF-8 is mended.
 */
int verdict_json(const struct verdict *v, FILE *out);

/*
 * The same for other programs' formats, which verdict-NAME.c name; all are
 * UTF-8 whatever the texts hold, and -1 says that @out failed. A lesson or a
 * machine at fault is, in this order, a "Bail out!" without a test, an
 * <error>, and a result without a score: never a failure of the learner's.
 */
int verdict_tap(const struct verdict *v, FILE *out);
int verdict_junit(const struct verdict *v, FILE *out);
int verdict_gradescope(const struct verdict *v, FILE *out);

#endif
