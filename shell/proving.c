/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proving.h"
#include "catalogue.h"
#include "cmd-author.h"
#include "farm.h"
#include "proved.h"
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot prove the lessons");
}

/* ---- what is to be done ---- */

static int plan_lesson(struct proving *p, struct proving_lesson *l,
		       bool changed, struct err *e)
{
	if (proof_plan_make(&l->plan, &l->l, e) < 0)
		return -1;
	if (proved_key(l->key, p->store, l->l.spec.dir, e) < 0)
		return -1;
	if (changed && proved_before(p->store, l->key)) {
		l->state = PROVING_BEFORE;
		return 0;
	}
	l->trials = calloc(l->plan.n, sizeof(*l->trials));
	if (!l->trials)
		return no_memory(e);
	l->left = l->plan.n;
	for (size_t i = 0; i < l->plan.n; i++)
		l->trials[i].c = &l->plan.v[i];
	p->all_cases += l->plan.n;
	return 0;
}

/* A lesson that is at fault is told later; the machine's fault ends it. */
static int open_lesson(struct proving *p, struct proving_lesson *l,
		       struct session *s, bool changed, struct err *e)
{
	if (session_load(s, &l->l, l->entry, &l->error) == 0 &&
	    plan_lesson(p, l, changed, &l->error) == 0)
		return 0;
	l->state = PROVING_BROKEN;
	if (l->error.code == ERR_LESSON)
		return 0;
	*e = l->error;
	return -1;
}

int proving_open(struct proving *p, struct session *s,
		 const struct author_choice *c, bool changed, struct err *e)
{
	*p = (struct proving){.store = &s->store};
	p->v = calloc(c->n ? c->n : 1, sizeof(*p->v));
	if (!p->v)
		return no_memory(e);
	for (; p->n < c->n; p->n++) {
		p->v[p->n].entry = c->v[p->n];
		if (open_lesson(p, &p->v[p->n], s, changed, e) < 0) {
			p->n++;
			proving_release(p);
			return -1;
		}
	}
	return 0;
}

void proving_release(struct proving *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct proving_lesson *l = &p->v[i];

		for (size_t k = 0; l->trials && k < l->plan.n; k++) {
			proof_answer_release(&l->trials[k].answer);
			free(l->trials[k].why);
		}
		free(l->trials);
		proof_plan_release(&l->plan);
		lesson_release(&l->l);
	}
	free(p->v);
	*p = (struct proving){.v = NULL};
}

/* ---- what is next ---- */

static struct trial *next_in(struct proving_lesson *l)
{
	for (size_t i = 0; l->trials && i < l->plan.n; i++)
		if (l->trials[i].state == TRIAL_NEW)
			return &l->trials[i];
	return NULL;
}

/* A number for a trial, and back. */
static size_t number(const struct proving *p, const struct proving_lesson *l,
		     const struct trial *t)
{
	return (size_t)(l - p->v) * FARM_MAX_JOBS * FARM_MAX_JOBS +
	       (size_t)(t - l->trials);
}

static struct trial *by_number(struct proving *p, size_t n,
			       struct proving_lesson **l)
{
	*l = &p->v[n / (FARM_MAX_JOBS * FARM_MAX_JOBS)];
	return &(*l)->trials[n % (FARM_MAX_JOBS * FARM_MAX_JOBS)];
}

static int next(void *arg, size_t *job, struct strv *argv, struct err *e)
{
	struct proving *p = arg;
	struct proving_lesson *l = p->v;
	struct trial *t = NULL;

	while (l < p->v + p->n && !(t = next_in(l)))
		l++;
	if (!t)
		return 0;
	if (strv_add(argv, "author") < 0 || strv_add(argv, "case") < 0 ||
	    strv_add(argv, "--") < 0 || strv_add(argv, l->l.spec.dir) < 0 ||
	    strv_add(argv, t->c->name) < 0)
		return no_memory(e);
	t->state = TRIAL_BEGUN;
	*job = number(p, l, t);
	return 1;
}

/* ---- what came of it ---- */

/* @a becomes the trial's. */
static int end_trial(struct trial *t, struct proof_answer *a, struct err *e)
{
	const char *why;

	t->answer = *a;
	*a = (struct proof_answer){.holds = false};
	t->state = TRIAL_DONE;
	t->flaky = *t->answer.flaky;
	t->holds = t->answer.holds && !t->flaky;
	t->ms = t->answer.ms;
	why = t->flaky ? t->answer.flaky : t->answer.why;
	t->why = t->holds ? NULL : strdup(why);
	return !t->holds && !t->why ? no_memory(e) : 0;
}

static void end_lesson(struct proving *p, struct proving_lesson *l)
{
	l->state = PROVING_PROVED;
	for (size_t i = 0; i < l->plan.n; i++)
		if (!l->trials[i].holds)
			l->state = PROVING_FAILED;
	if (l->state == PROVING_PROVED)
		proved_remember(p->store, l->key, l->l.spec.id);
	if (p->on_lesson)
		p->on_lesson(p->arg, l);
}

static int done(void *arg, size_t job, int status, const struct buf *out,
		struct err *e)
{
	struct proving *p = arg;
	struct proving_lesson *l;
	struct trial *t = by_number(p, job, &l);
	struct proof_answer a;
	int ret;

	(void)status; /* an answer says all, and none is an error */
	if (proof_answer_read(&a, buf_str(out), out->len, e) < 0)
		return -1;
	ret = end_trial(t, &a, e);
	proof_answer_release(&a);
	l->ms += t->ms;
	p->cases++;
	if (ret == 0 && --l->left == 0)
		end_lesson(p, l);
	if (p->on_case)
		p->on_case(p->arg);
	return ret;
}

int proving_run(struct proving *p, unsigned jobs, int cancel_fd, struct err *e)
{
	const struct farm f = {
		.arg = p,
		.next = next,
		.done = done,
		.jobs = jobs,
		.cancel_fd = cancel_fd,
		.program = p->program,
	};

	return farm_run(&f, e);
}
