/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a check of the learner's own work means for the steps. */
#include "checker/err.h"
#include "checker/verdict.h"
#include "experiment.h"
#include "session.h"
#include "step-text.h"
#include "steps.h"

#include <stdio.h>
#include <string.h>

static bool holds(const struct verdict *v, const char *id)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (strcmp(v->checks[i].id, id) == 0)
			return v->checks[i].result == CHECK_PASSED;
	return false;
}

static unsigned count_held(const struct lesson_step *st,
			   const struct verdict *v)
{
	unsigned n = 0;

	for (size_t i = 0; i < st->checks.n; i++)
		n += holds(v, st->checks.v[i]);
	return n;
}

/*
 * The write step that a check is about: the one at work, or else the last one
 * before it, or the first; .nsteps: there is none.
 */
static size_t write_at(const struct steps *g)
{
	for (size_t i = g->at + 1; i-- > 0;)
		if (g->l.steps[i].kind == LESSON_WRITE)
			return i;
	for (size_t i = g->at; i < g->l.nsteps; i++)
		if (g->l.steps[i].kind == LESSON_WRITE)
			return i;
	return g->l.nsteps;
}

/* A fault of the kernel's is told above: it is this step's, whatever it is. */
static bool is_found(const struct lesson *l, const struct verdict *v,
		     const char *id)
{
	const struct check_spec *check = spec_check(&l->spec, id);

	return v->nfindings && check && check->kind == CHECK_FINDINGS;
}

void steps_later_checks(struct session *s, const struct catalogue_entry *c,
			const struct lesson *l, const struct verdict *v,
			struct strv *ids)
{
	struct steps g;
	size_t at;

	if (steps_open(&g, s, c, NULL) < 0)
		return;
	at = g.passed ? l->nsteps : write_at(&g);
	for (size_t i = at + 1; i < l->nsteps; i++)
		for (size_t k = 0; k < l->steps[i].checks.n; k++) {
			const char *id = l->steps[i].checks.v[k];
			bool now = is_found(l, v, id);

			for (size_t j = 0; j <= at; j++)
				now |= strv_has(&l->steps[j].checks, id);
			if (!now && !strv_has(ids, id))
				strv_add(ids, id);
		}
	steps_close(&g);
}

/* In order, as long as they hold, and the one at work in any case. */
static int mark_written(struct steps *g, const struct verdict *v, struct err *e)
{
	bool so_far = true;

	if (v->outcome != OUTCOME_PASS && v->outcome != OUTCOME_FAIL)
		return 0;
	for (size_t i = 0; i < g->l.nsteps; i++) {
		const struct lesson_step *st = &g->l.steps[i];
		bool all = count_held(st, v) == st->checks.n;

		if (st->kind != LESSON_WRITE)
			continue;
		so_far = so_far && all;
		if (all && (so_far || i == g->at) && steps_mark(g, i, e) < 0)
			return -1;
	}
	return 0;
}

/* ---- predictions that waited for it ---- */

static void say_found(struct steps *g, size_t i, const struct experiment *x,
		      unsigned said, unsigned shows)
{
	const struct lesson_step *st = &g->l.steps[i];
	const struct term *t = &g->s->term;
	struct buf b = BUF_INIT;

	term_say(t, "\n%sStep %zu, what you predicted%s\n",
		 term_on(t, TERM_BOLD), i + 1, term_off(t));
	step_choice(&b, t, "You said ", st, said);
	if (said != shows)
		step_choice(&b, t, "The log says ", st, shows);
	buf_addf(&b, "%s\n",
		 said == shows ? "Your log says so too:" : "In your log:");
	term_write(t, buf_str(&b), b.len);
	buf_clear(&b);
	experiment_show(t, x, &g->l, st, shows);
	if (shows == st->answer)
		step_why(&b, t, st, false);
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

/* The log may show none of the choices yet: then it waits on. */
static int hold(struct steps *g, size_t i, const char *log, unsigned said,
		struct err *e)
{
	struct experiment x;
	unsigned shows = 0;

	if (experiment_read(&x, &g->l, &g->l.steps[i], log, e) < 0)
		return -1;
	while (shows < g->l.steps[i].choices.n && !experiment_shows(&x, shows))
		shows++;
	if (shows < g->l.steps[i].choices.n)
		say_found(g, i, &x, said, shows);
	experiment_release(&x);
	/* Only the true answer ends it: work can be wrong as well. */
	return shows == g->l.steps[i].answer ? steps_mark(g, i, e) : 0;
}

static int hold_all(struct steps *g, const char *log, struct err *e)
{
	for (size_t i = 0; i < g->l.nsteps; i++) {
		const struct lesson_step *st = &g->l.steps[i];
		unsigned said;
		int r;

		if (st->kind != LESSON_PREDICT || st->try ||
		    !st->signs.nchecks || steps_is_done(g, i))
			continue;
		r = steps_predicted(g, i, &said, e);
		if (r < 0 || (r == 1 && hold(g, i, log, said, e) < 0))
			return -1;
	}
	return 0;
}

/* ---- what is said ---- */

/* "Step 2 (write): 1 of its 3 checks holds." */
static void say_step(struct steps *g, size_t i, const struct verdict *v)
{
	const struct lesson_step *st = &g->l.steps[i];
	const struct term *t = &g->s->term;
	unsigned held = count_held(st, v);
	struct buf b = BUF_INIT;

	if (held == st->checks.n)
		buf_addf(&b, "%sStep %zu is done:%s %s", term_on(t, TERM_GOOD),
			 i + 1, term_off(t),
			 held == 1 ? "its check holds."
				   : "all of its checks hold.");
	else
		buf_addf(&b, "Step %zu: %u of its %zu checks hold%s.", i + 1,
			 held, st->checks.n, held == 1 ? "s" : "");
	term_say(t, "\n");
	term_para(t, 0, buf_str(&b));
	buf_release(&b);
}

/*
 * The step @at is done: the first other one that keeps the lesson from a pass,
 * because it was left out or was spoilt since. Those that come later are none
 * as long as the learner has not been there. .nsteps: there is none.
 */
static size_t left_behind(const struct steps *g, size_t at,
			  const struct verdict *v)
{
	size_t first = g->l.nsteps;

	for (size_t i = 0; i < g->l.nsteps; i++) {
		const struct lesson_step *st = &g->l.steps[i];

		if (st->kind != LESSON_WRITE ||
		    count_held(st, v) == st->checks.n)
			continue;
		if (i > at && !g->passed)
			return g->l.nsteps;
		if (first == g->l.nsteps)
			first = i;
	}
	return first;
}

static bool tell(struct steps *g, const struct verdict *v, struct err *e)
{
	size_t at = write_at(g);
	size_t other;

	if (v->booted && v->log && hold_all(g, v->log, e) < 0)
		return false;
	/* After a crash or a timeout no step is done, whatever holds. */
	if (at < g->l.nsteps && v->booted &&
	    (v->outcome == OUTCOME_PASS || v->outcome == OUTCOME_FAIL ||
	     count_held(&g->l.steps[at], v) < g->l.steps[at].checks.n))
		say_step(g, at, v);
	/* What is to be mended is said by who called. */
	if (at == g->l.nsteps ||
	    count_held(&g->l.steps[at], v) < g->l.steps[at].checks.n ||
	    (v->outcome != OUTCOME_PASS && v->outcome != OUTCOME_FAIL))
		return false;
	other = left_behind(g, at, v);
	if (other < g->l.nsteps) {
		say_step(g, other, v);
		return false;
	}
	steps_say_next(g);
	return true;
}

void steps_record(struct session *s, const struct catalogue_entry *c,
		  const struct verdict *v)
{
	struct err e = ERR_INIT;
	struct steps g;

	s->asked = false;
	if (steps_open(&g, s, c, &e) < 0) {
		term_error(&e);
		return;
	}
	if (mark_written(&g, v, &e) < 0)
		term_error(&e);
	steps_close(&g);
}

bool steps_checked(struct session *s, const struct catalogue_entry *c,
		   const struct verdict *v)
{
	struct err e = ERR_INIT;
	struct steps g;
	bool said;

	if (steps_open(&g, s, c, &e) < 0) {
		term_error(&e);
		return false;
	}
	said = tell(&g, v, &e);
	if (e.code)
		term_error(&e);
	steps_close(&g);
	return said;
}
