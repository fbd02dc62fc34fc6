/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verdict.h"
#include "err.h"

#include <stdlib.h>

static void check_release(struct verdict_check *c)
{
	free(c->id);
	free(c->title);
	free(c->message);
	free(c->evidence);
}

void verdict_release(struct verdict *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->nchecks; i++)
		check_release(&v->checks[i]);
	for (size_t i = 0; i < v->nfindings; i++)
		finding_release(&v->findings[i]);
	diag_free(v->diags, v->ndiags);
	free(v->checks);
	free(v->findings);
	free(v->lesson);
	free(v->reason);
	free(v->next);
	free(v->build_output);
	free(v->run_output);
	free(v->kernel);
	free(v->pack);
	free(v->log);
	*v = (struct verdict){.outcome = OUTCOME_PASS};
}

void verdict_take_run(struct verdict *to, struct verdict *from)
{
	struct verdict old = {.reason = to->reason,
			      .checks = to->checks,
			      .nchecks = to->nchecks,
			      .findings = to->findings,
			      .nfindings = to->nfindings,
			      .run_output = to->run_output};

	verdict_release(&old);
	to->outcome = from->outcome;
	to->reason = from->reason;
	to->earned = from->earned;
	to->possible = from->possible;
	to->checks = from->checks;
	to->nchecks = from->nchecks;
	to->findings = from->findings;
	to->nfindings = from->nfindings;
	to->run_output = from->run_output;
	to->seed = from->seed;
	from->reason = from->run_output = NULL;
	from->checks = NULL;
	from->findings = NULL;
	from->nchecks = from->nfindings = 0;
}

const char *outcome_name(enum outcome o)
{
	switch (o) {
	case OUTCOME_PASS:
		return "pass";
	case OUTCOME_FAIL:
		return "fail";
	case OUTCOME_BUILD_FAILED:
		return "build-failed";
	case OUTCOME_ABI_FAILED:
		return "abi-failed";
	case OUTCOME_CRASH:
		return "crash";
	case OUTCOME_TIMEOUT:
		return "timeout";
	case OUTCOME_INCOMPLETE:
		return "incomplete";
	case OUTCOME_LESSON_FAULT:
		return "lesson-fault";
	case OUTCOME_ENV_FAULT:
		return "environment-fault";
	}
	BUG("no such outcome: %d", o);
}

int outcome_exit_code(enum outcome o)
{
	switch (o) {
	case OUTCOME_PASS:
		return 0;
	case OUTCOME_FAIL:
	case OUTCOME_BUILD_FAILED:
	case OUTCOME_ABI_FAILED:
	case OUTCOME_CRASH:
	case OUTCOME_TIMEOUT:
	case OUTCOME_INCOMPLETE:
		return 1;
	case OUTCOME_LESSON_FAULT:
		return 3;
	case OUTCOME_ENV_FAULT:
		return 4;
	}
	BUG("no such outcome: %d", o);
}

const char *tier_name(enum tier t)
{
	switch (t) {
	case TIER_STAGE:
		return "stage";
	case TIER_LINT:
		return "lint";
	case TIER_BUILD:
		return "build";
	case TIER_ABI:
		return "abi";
	case TIER_BOOT:
		return "boot";
	case TIER_GRADE:
		return "grade";
	case TIER_N:
		break;
	}
	BUG("no such tier: %d", t);
}

const char *tier_result_name(enum tier_result r)
{
	switch (r) {
	case TIER_NOT_RUN:
		return "not-run";
	case TIER_OK:
		return "pass";
	case TIER_FAILED:
		return "fail";
	}
	BUG("no such tier result: %d", r);
}

const char *check_result_name(enum check_result r)
{
	switch (r) {
	case CHECK_PASSED:
		return "pass";
	case CHECK_FAILED:
		return "fail";
	case CHECK_NOT_RUN:
		return "not-run";
	}
	BUG("no such check result: %d", r);
}
