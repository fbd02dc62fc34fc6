/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proof.h"
#include "checker/buf.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/stage.h"
#include "checker/store.h"
#include "starter.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A fixed one: an author who runs it again wants to see the same. */
#define PROOF_SEED 1

size_t proof_count(const struct lesson *l)
{
	return 2 + l->nwrongs;
}

__attribute__((format(printf, 2, 3))) static void
fails(struct proof_case *c, const char *why, ...)
{
	va_list ap;

	c->holds = false;
	va_start(ap, why);
	vsnprintf(c->why, sizeof(c->why), why, ap);
	va_end(ap);
}

/* What it was rejected by, for a message. */
static const char *what_failed(const struct verdict *v)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (v->checks[i].result == CHECK_FAILED)
			return v->checks[i].id;
	return "no check";
}

static void judge_solution(struct proof_case *c)
{
	const struct verdict *v = &c->verdict;

	if (v->outcome != OUTCOME_PASS)
		fails(c, "it should pass, and the verdict is %s: %s",
		      outcome_name(v->outcome), v->reason ? v->reason : "");
	else if (v->ndiags > 0)
		fails(c, "it should build without a word, and there is: %s",
		      v->diags[0].message);
	else if (v->earned != v->possible)
		fails(c, "it should earn %u points, and earns %u",
		      v->possible, v->earned);
}

static void judge_starter(struct proof_case *c)
{
	if (c->verdict.outcome == OUTCOME_PASS)
		fails(c, "it should not pass as it is given out");
}

static void judge_wrong(struct proof_case *c, const struct lesson_wrong *w)
{
	const struct verdict *v = &c->verdict;
	size_t i = 0;

	if (v->outcome == OUTCOME_PASS) {
		fails(c, "it passes");
		return;
	}
	if (w->has_verdict && v->outcome != w->verdict) {
		fails(c, "the verdict should be %s, and is %s: %s",
		      outcome_name(w->verdict), outcome_name(v->outcome),
		      v->reason ? v->reason : "");
		return;
	}
	if (!w->check)
		return;
	while (i < v->nchecks && strcmp(v->checks[i].id, w->check) != 0)
		i++;
	if (i == v->nchecks || v->checks[i].result != CHECK_FAILED)
		fails(c, "check '%s' should reject it, and %s does (%s: %s)",
		      w->check, what_failed(v), outcome_name(v->outcome),
		      v->reason ? v->reason : "");
}

/* Lay down the files of case @c in @dir. */
static int lay_down(const struct proof_case *c, const struct lesson *l,
		    const char *dir, struct err *e)
{
	char from[4096];

	if (lesson_write_starter(l, dir,
				 c->kind == PROOF_STARTER ? STARTER_START
							  : STARTER_SOLUTION,
				 NULL, NULL, NULL, e) < 0)
		return -1;
	if (c->kind != PROOF_WRONG)
		return 0;
	snprintf(from, sizeof(from), "%s/wrong/%s", l->spec.dir, c->name);
	return stage_tree(dir, from, e);
}

static int check(struct proof_case *c, const struct lesson *l,
		 const char *dir, int cancel_fd, struct err *e)
{
	struct check_request req = {
		.spec = &l->spec,
		.dir = dir,
		.seed = PROOF_SEED,
		.all_runs = true,
		.cancel_fd = cancel_fd,
	};
	int64_t began = mono_ms();

	if (check_run(&c->verdict, &req, e) < 0)
		return -1;
	c->ms = (long)(mono_ms() - began);
	if (c->verdict.outcome != OUTCOME_ENV_FAULT)
		return 0;
	err_set(e, ERR_ENV, 0, "%s",
		c->verdict.reason ? c->verdict.reason : "the machine failed");
	return err_next(e, "%s", c->verdict.next ? c->verdict.next : "");
}

int proof_run(struct proof_case *out, const struct lesson *l, size_t i,
	      int cancel_fd, struct err *e)
{
	struct store store;
	struct run_dir run = {.lock_fd = -1};
	char dir[4200];
	int ret = -1;

	*out = (struct proof_case){.holds = true};
	out->kind = i == 0 ? PROOF_SOLUTION
		    : i == 1 ? PROOF_STARTER
			     : PROOF_WRONG;
	out->name = i == 0 ? "solution"
		    : i == 1 ? "starter"
			     : l->wrongs[i - 2].name;
	if (store_open(&store, e) < 0)
		return -1;
	if (run_dir_open(&run, &store, e) < 0)
		goto out;
	snprintf(dir, sizeof(dir), "%s/work", run.path);
	if (lay_down(out, l, dir, e) < 0 ||
	    check(out, l, dir, cancel_fd, e) < 0)
		goto out;
	if (out->verdict.outcome == OUTCOME_LESSON_FAULT)
		fails(out, "the lesson is at fault: %s", out->verdict.reason);
	else if (out->kind == PROOF_SOLUTION)
		judge_solution(out);
	else if (out->kind == PROOF_STARTER)
		judge_starter(out);
	else
		judge_wrong(out, &l->wrongs[i - 2]);
	ret = 0;
out:
	run_dir_close(&run);
	store_release(&store);
	if (ret < 0)
		proof_case_release(out);
	return ret;
}

void proof_case_release(struct proof_case *c)
{
	verdict_release(&c->verdict);
}
