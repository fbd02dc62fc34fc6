/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proof.h"
#include "checker/buf.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/stage.h"
#include "checker/store.h"
#include "experiment.h"
#include "starter.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A fixed one: an author who runs it again wants to see the same. */
#define PROOF_SEED 1

/* Whether somebody can begin after write step @i, with more to write. */
static bool is_between(const struct lesson *l, size_t i)
{
	if (l->steps[i].kind != LESSON_WRITE)
		return false;
	while (++i < l->nsteps)
		if (l->steps[i].kind == LESSON_WRITE)
			return true;
	return false;
}

/* The @n-th step that is a case of this kind; .nsteps: there is none. */
static size_t nth_step(const struct lesson *l, enum proof_kind kind, size_t n)
{
	for (size_t i = 0; i < l->nsteps; i++) {
		bool is = kind == PROOF_TRY ? l->steps[i].try != NULL
					    : is_between(l, i);

		if (is && n-- == 0)
			return i;
	}
	return l->nsteps;
}

static size_t count_steps(const struct lesson *l, enum proof_kind kind)
{
	size_t n = 0;

	while (nth_step(l, kind, n) < l->nsteps)
		n++;
	return n;
}

size_t proof_count(const struct lesson *l)
{
	return 2 + l->nwrongs + count_steps(l, PROOF_STEP) +
	       count_steps(l, PROOF_TRY);
}

static bool is_tried(const struct lesson *l, const char *name)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (l->steps[i].try && strcmp(l->steps[i].try, name) == 0)
			return true;
	return false;
}

int proof_look(const struct lesson *l, struct err *e)
{
	char path[4200];
	struct dirent *de;
	int ret = 0;
	DIR *d;

	snprintf(path, sizeof(path), "%s/try", l->spec.dir);
	d = opendir(path);
	while (d && ret == 0 && (de = readdir(d))) {
		if (de->d_name[0] == '.' || is_tried(l, de->d_name))
			continue;
		err_set(e, ERR_LESSON, 0, "no predict step uses try/%.200s/",
			de->d_name);
		ret = err_where(e, "%s", l->spec.dir);
	}
	if (d)
		closedir(d);
	return ret;
}

__attribute__((format(printf, 2, 3))) static void fails(struct proof_case *c,
							const char *why, ...)
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

static const struct verdict_check *verdict_check(const struct verdict *v,
						 const char *id)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (strcmp(v->checks[i].id, id) == 0)
			return &v->checks[i];
	return NULL;
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
		fails(c, "it should earn %u points, and earns %u", v->possible,
		      v->earned);
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

/* Of the write steps up to @last, every check. */
static void judge_step(struct proof_case *c, const struct lesson *l,
		       size_t last)
{
	for (size_t i = 0; i <= last; i++) {
		const struct strv *ids = &l->steps[i].checks;

		for (size_t k = 0; k < ids->n; k++) {
			const struct verdict_check *vc =
				verdict_check(&c->verdict, ids->v[k]);

			if (vc && vc->result == CHECK_PASSED)
				continue;
			fails(c,
			      "check '%s' of step '%s' should hold, and does "
			      "not (%s: %s)",
			      ids->v[k], l->steps[i].name,
			      outcome_name(c->verdict.outcome),
			      vc && vc->message ? vc->message : "not run");
			return;
		}
	}
}

static void judge_try(struct proof_case *c, const struct lesson_step *st,
		      const struct experiment *x)
{
	const struct verdict_check *right = experiment_sign(x, st->answer);

	if (!experiment_shows(x, st->answer)) {
		fails(c, "the run should show choice %c, and does not (%s: %s)",
		      lesson_letter(st->answer), outcome_name(x->v.outcome),
		      right && right->message ? right->message
		      : x->v.reason	      ? x->v.reason
					      : "");
		return;
	}
	for (size_t i = 0; i < st->choices.n; i++)
		if (i != st->answer && experiment_shows(x, i))
			fails(c, "the run shows choice %c as well: %s",
			      lesson_letter(i), experiment_sign(x, i)->message);
}

static int prove_try(struct proof_case *c, const struct lesson *l, size_t step,
		     int cancel_fd, struct err *e)
{
	struct experiment x;

	if (experiment_run(&x, l, &l->steps[step], NULL, cancel_fd, e) < 0)
		return -1;
	c->ms = (long)x.ms;
	if (x.v.outcome == OUTCOME_ENV_FAULT) {
		err_set(e, ERR_ENV, 0, "%s",
			x.v.reason ? x.v.reason : "the machine failed");
		experiment_release(&x);
		return -1;
	}
	judge_try(c, &l->steps[step], &x);
	c->verdict = x.v;
	x.v = (struct verdict){.lesson = NULL};
	experiment_release(&x);
	return 0;
}

/* Lay down the files of case @c in @dir. */
static int lay_down(const struct proof_case *c, const struct lesson *l,
		    size_t step, const char *dir, struct err *e)
{
	char from[4096];

	if (c->kind == PROOF_STEP)
		return lesson_write_at(l, step + 1, dir, NULL, NULL, e);
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

static int check(struct proof_case *c, const struct lesson *l, const char *dir,
		 int cancel_fd, struct err *e)
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

/* Which case the @i-th is, and of which wrong answer or step. */
static size_t choose(struct proof_case *c, const struct lesson *l, size_t i)
{
	size_t steps = count_steps(l, PROOF_STEP);

	c->kind = i == 0		       ? PROOF_SOLUTION
		  : i == 1		       ? PROOF_STARTER
		  : i < 2 + l->nwrongs	       ? PROOF_WRONG
		  : i < 2 + l->nwrongs + steps ? PROOF_STEP
					       : PROOF_TRY;
	c->name = i == 0 ? "solution" : "starter";
	if (i < 2)
		return 0;
	i -= 2;
	if (c->kind == PROOF_WRONG) {
		c->name = l->wrongs[i].name;
		return i;
	}
	i -= l->nwrongs;
	if (c->kind == PROOF_TRY)
		i -= steps;
	i = nth_step(l, c->kind, i);
	c->name = l->steps[i].name;
	return i;
}

static void judge(struct proof_case *c, const struct lesson *l, size_t which)
{
	if (c->verdict.outcome == OUTCOME_LESSON_FAULT)
		fails(c, "the lesson is at fault: %s", c->verdict.reason);
	else if (c->kind == PROOF_SOLUTION)
		judge_solution(c);
	else if (c->kind == PROOF_STARTER)
		judge_starter(c);
	else if (c->kind == PROOF_STEP)
		judge_step(c, l, which);
	else
		judge_wrong(c, &l->wrongs[which]);
}

int proof_run(struct proof_case *out, const struct lesson *l, size_t i,
	      int cancel_fd, struct err *e)
{
	struct store store;
	struct run_dir run = {.lock_fd = -1};
	char dir[4200];
	size_t which;
	int ret = -1;

	*out = (struct proof_case){.holds = true};
	which = choose(out, l, i);
	if (out->kind == PROOF_TRY)
		return prove_try(out, l, which, cancel_fd, e);
	if (store_open(&store, e) < 0)
		return -1;
	if (run_dir_open(&run, &store, e) < 0)
		goto out;
	snprintf(dir, sizeof(dir), "%s/work", run.path);
	if (lay_down(out, l, which, dir, e) < 0 ||
	    check(out, l, dir, cancel_fd, e) < 0)
		goto out;
	judge(out, l, which);
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
