/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proof.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/stage.h"
#include "checker/store.h"
#include "experiment.h"
#include "lesson.h"
#include "proof-answer.h"
#include "starter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A fixed one: an author who runs it again wants to see the same. */
#define PROOF_SEED 1

/* ---- what is said of it ---- */

/* What it was rejected by, for a message. */
static const char *what_failed(const struct verdict *v)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (v->checks[i].result == CHECK_FAILED)
			return v->checks[i].id;
	return "no check";
}

static void judge_solution(const struct verdict *v, struct buf *why)
{
	if (v->outcome != OUTCOME_PASS)
		buf_addf(why, "it should pass, and the verdict is %s: %s",
			 outcome_name(v->outcome), v->reason ? v->reason : "");
	else if (v->ndiags > 0)
		buf_addf(why,
			 "it should build without a word, and there is: "
			 "%s",
			 v->diags[0].message);
	else if (v->earned != v->possible)
		buf_addf(why, "it should earn %u points, and earns %u",
			 v->possible, v->earned);
}

static void judge_wrong(const struct lesson_wrong *w, const struct verdict *v,
			struct buf *why)
{
	const char *reason = v->reason ? v->reason : "";
	size_t i = 0;

	if (v->outcome == OUTCOME_PASS) {
		buf_addf(why, "it passes, and %s%s should reject it",
			 w->check ? "check " : "the verdict ",
			 w->check ? w->check : outcome_name(w->verdict));
		return;
	}
	if (w->has_verdict && v->outcome != w->verdict) {
		buf_addf(why, "the verdict should be %s, and is %s: %s",
			 outcome_name(w->verdict), outcome_name(v->outcome),
			 reason);
		return;
	}
	if (!w->check)
		return;
	while (i < v->nchecks && strcmp(v->checks[i].id, w->check) != 0)
		i++;
	if (i == v->nchecks || v->checks[i].result != CHECK_FAILED)
		buf_addf(why,
			 "check '%s' should reject it, and %s does "
			 "(%s: %s)",
			 w->check, what_failed(v), outcome_name(v->outcome),
			 reason);
}

static const struct verdict_check *verdict_check(const struct verdict *v,
						 const char *id)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (strcmp(v->checks[i].id, id) == 0)
			return &v->checks[i];
	return NULL;
}

/* Of the write steps up to @last, every check. */
static void judge_step(const struct lesson *l, size_t last,
		       const struct verdict *v, struct buf *why)
{
	for (size_t i = 0; i <= last; i++) {
		const struct strv *ids = &l->steps[i].checks;

		for (size_t k = 0; k < ids->n; k++) {
			const struct verdict_check *vc =
				verdict_check(v, ids->v[k]);

			if (vc && vc->result == CHECK_PASSED)
				continue;
			buf_addf(why,
				 "check '%s' of step '%s' should hold, and "
				 "does not (%s: %s)",
				 ids->v[k], l->steps[i].name,
				 outcome_name(v->outcome),
				 vc && vc->message ? vc->message : "not run");
			return;
		}
	}
}

static void judge_try(const struct lesson_step *st, const struct experiment *x,
		      struct buf *why)
{
	const struct verdict_check *right = experiment_sign(x, st->answer);

	if (!experiment_shows(x, st->answer)) {
		buf_addf(why,
			 "the run should show choice %c, and does not (%s: %s)",
			 lesson_letter(st->answer), outcome_name(x->v.outcome),
			 right && right->message ? right->message
			 : x->v.reason		 ? x->v.reason
						 : "");
		return;
	}
	for (size_t i = 0; i < st->choices.n; i++)
		if (i != st->answer && experiment_shows(x, i)) {
			buf_addf(why, "the run shows choice %c as well: %s",
				 lesson_letter(i),
				 experiment_sign(x, i)->message);
			return;
		}
}

bool proof_holds(const struct proof_case *c, const struct lesson *l,
		 const struct verdict *v, struct buf *why)
{
	size_t before = why->len;

	if (v->outcome == OUTCOME_LESSON_FAULT)
		buf_addf(why, "the lesson is at fault: %s",
			 v->reason ? v->reason : "");
	else if (c->kind == PROOF_SOLUTION || c->kind == PROOF_ALT)
		judge_solution(v, why);
	else if (c->kind == PROOF_STARTER && v->outcome == OUTCOME_PASS)
		buf_adds(why, "it should not pass as it is given out");
	else if (c->kind == PROOF_WRONG)
		judge_wrong(c->wrong, v, why);
	else if (c->kind == PROOF_STEP)
		judge_step(l, c->step, v, why);
	return why->len == before;
}

/* ---- one run ---- */

int proof_lay_down(const struct proof_case *c, const struct lesson *l,
		   const char *dir, struct err *e)
{
	char from[4200];

	if (c->kind == PROOF_STEP)
		return lesson_write_at(l, c->step + 1, dir, NULL, NULL, e);
	if (lesson_write_starter(l, dir,
				 c->kind == PROOF_STARTER ? STARTER_START
							  : STARTER_SOLUTION,
				 NULL, NULL, NULL, e) < 0)
		return -1;
	if (c->kind != PROOF_WRONG && c->kind != PROOF_ALT)
		return 0;
	snprintf(from, sizeof(from), "%s/%s", l->spec.dir, c->name);
	return stage_tree(dir, from, e);
}

/* The machine's fault is nothing to judge a lesson by. */
static int env_fault(const struct verdict *v, struct err *e)
{
	if (v->outcome != OUTCOME_ENV_FAULT)
		return 0;
	err_set(e, ERR_ENV, 0, "%s",
		v->reason ? v->reason : "the machine failed");
	return err_next(e, "%s", v->next ? v->next : "");
}

static int check(struct verdict *v, struct verdict *again,
		 const struct lesson *l, const char *dir, int cancel_fd,
		 struct err *e)
{
	struct check_request req = {
		.spec = &l->spec,
		.dir = dir,
		.seed = PROOF_SEED,
		.all_runs = true,
		.again = again,
		.cancel_fd = cancel_fd,
	};

	if (check_run(v, &req, e) < 0)
		return -1;
	return env_fault(v, e);
}

/*
 * Is the second run the first again, of which @out was made? Else .flaky of
 * @out says so. What did not get as far as a guest was not run at all.
 */
static int hold_second(struct proof_answer *out, const struct verdict *first,
		       const struct verdict *second, struct err *e)
{
	struct proof_answer a;
	struct buf why = BUF_INIT;
	int ret = 0;

	if (!first->booted || !out->holds)
		return 0;
	if (proof_answer_take(&a, second, true, NULL, 0, e) < 0)
		return -1;
	if (!second->nchecks)
		buf_adds(&why, "there was no second run");
	if (!second->nchecks || !proof_answer_same(out, &a, &why))
		ret = proof_answer_set_flaky(out, &why, e);
	proof_answer_release(&a);
	buf_release(&why);
	return ret;
}

/* Likewise, and what is to be told of it. */
static int answer(struct proof_answer *out, const struct lesson *l,
		  const struct proof_case *c, const char *dir, int cancel_fd,
		  struct err *e)
{
	int64_t began = mono_ms();
	struct verdict v = {.outcome = OUTCOME_ENV_FAULT};
	struct verdict again = {.outcome = OUTCOME_ENV_FAULT};
	bool once = c->kind == PROOF_FOLDER;
	struct buf why = BUF_INIT;
	int ret = check(&v, once ? NULL : &again, l, dir, cancel_fd, e);

	if (ret == 0) {
		bool holds = proof_holds(c, l, &v, &why);

		ret = proof_answer_take(out, &v, holds, buf_str(&why),
					(long)(mono_ms() - began), e);
	}
	if (ret == 0 && !once)
		ret = hold_second(out, &v, &again, e);
	buf_release(&why);
	verdict_release(&v);
	verdict_release(&again);
	return ret;
}

/* The same of an experiment, which lays its files down itself. */
static int try_it(struct proof_answer *out, const struct lesson *l,
		  const struct proof_case *c, int cancel_fd, struct err *e)
{
	const struct lesson_step *st = &l->steps[c->step];
	const struct experiment_how how = {NULL, cancel_fd, true};
	struct buf why = BUF_INIT;
	struct experiment x;
	int ret;

	if (experiment_run(&x, l, st, &how, e) < 0)
		return -1;
	ret = env_fault(&x.v, e);
	if (ret == 0) {
		judge_try(st, &x, &why);
		ret = proof_answer_take(out, &x.v, why.len == 0, buf_str(&why),
					(long)x.ms, e);
	}
	if (ret == 0)
		ret = hold_second(out, &x.v, &x.again, e);
	buf_release(&why);
	experiment_release(&x);
	return ret;
}

int proof_run(struct proof_answer *out, const struct lesson *l,
	      const struct proof_case *c, const char *folder, int cancel_fd,
	      struct err *e)
{
	struct run_dir run = RUN_DIR_INIT;
	struct store store;
	char dir[4200];
	int ret = -1;

	if (c->kind == PROOF_FOLDER)
		return answer(out, l, c, folder, cancel_fd, e);
	if (c->kind == PROOF_TRY)
		return try_it(out, l, c, cancel_fd, e);
	if (store_open(&store, e) < 0)
		return -1;
	if (run_dir_open(&run, &store, e) == 0) {
		snprintf(dir, sizeof(dir), "%s/work", run.path);
		if (proof_lay_down(c, l, dir, e) == 0)
			ret = answer(out, l, c, dir, cancel_fd, e);
	}
	run_dir_close(&run);
	store_release(&store);
	return ret;
}
