/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A question answered, and then held against what the kernel says. */
#include "checker/check.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "experiment.h"
#include "hush.h"
#include "live.h"
#include "progress.h"
#include "session.h"
#include "step-text.h"
#include "steps.h"

#include <signal.h>
#include <stdio.h>

int steps_predicted(const struct steps *g, size_t step, unsigned *i,
		    struct err *e)
{
	int r = progress_predicted(g->s->progress, g->c->slug,
				   g->l.steps[step].name, i, e);

	/* A lesson that was changed since may have fewer of them. */
	if (r == 1 && *i >= g->l.steps[step].choices.n)
		return 0;
	return r;
}

static void write_out(const struct term *t, struct buf *b)
{
	term_write(t, buf_str(b), b->len);
	buf_release(b);
}

/* ---- the run ---- */

/* One line for all of it: the stages of a check would be noise here. */
static void on_begin(void *arg, enum tier t)
{
	static const char *const doing[TIER_N] = {
		[TIER_STAGE] = "laying out the experiment",
		[TIER_LINT] = "building it",
		[TIER_BUILD] = "building it",
		[TIER_ABI] = "comparing C and Rust",
		[TIER_BOOT] = "running it in the guest",
		[TIER_GRADE] = "reading the log",
	};

	live_detail(arg, doing[t]);
}

static void on_detail(void *arg, enum tier t, const char *what)
{
	live_detail(arg, what);
}

static int run(struct steps *g, struct experiment *x, struct err *e)
{
	struct live *live = live_new(&g->s->term);
	struct check_watch w = {
		.arg = live, .tier_begin = on_begin, .tier_detail = on_detail};
	struct experiment_how how = {&w, cancel_begin(e), false};
	int sig, r = -1;

	if (how.cancel_fd >= 0 && live) {
		hush_begin(g->s);
		live_begin(live, "trying");
		r = experiment_run(x, &g->l, steps_at(g), &how, e);
		live_end(live, TIER_NOT_RUN, 0);
		hush_forget();
		hush_end();
	}
	if (how.cancel_fd >= 0) {
		sig = cancel_end();
		if (sig == SIGTERM || sig == SIGHUP)
			g->s->leave = true;
	}
	live_free(live);
	return r;
}

/* ---- what is said ---- */

static void say_hit(struct steps *g, unsigned said)
{
	const struct term *t = &g->s->term;
	const struct lesson_step *st = steps_at(g);
	bool right = said == st->answer;

	term_say(t, "\n%s", term_on(t, right ? TERM_GOOD : TERM_WARN));
	if (right)
		term_say(t, "Right: it is %c.", lesson_letter(st->answer));
	else
		term_say(t, "It is %c, and you said %c.",
			 lesson_letter(st->answer), lesson_letter(said));
	term_say(t, "%s\n", term_off(t));
}

static void say_why(struct steps *g)
{
	struct buf b = BUF_INIT;

	step_why(&b, &g->s->term, steps_at(g), false);
	write_out(&g->s->term, &b);
}

static void say_said(struct steps *g, const char *before, unsigned i)
{
	struct buf b = BUF_INIT;

	step_choice(&b, &g->s->term, before, steps_at(g), i);
	write_out(&g->s->term, &b);
}

/* The machine's fault or the lesson's: the answer is given all the same. */
static void say_no_run(struct steps *g, const char *why, const char *next)
{
	const struct term *t = &g->s->term;

	term_say(t, "\n");
	term_say(t, "%sIt could not be tried here:%s %s\n",
		 term_on(t, TERM_WARN), term_off(t), why);
	if (next && *next)
		term_para(t, 2, next);
	term_say(t, "What the lesson says of it:\n");
}

static void say_log(struct steps *g, const struct experiment *x)
{
	const struct lesson_step *st = steps_at(g);
	const struct term *t = &g->s->term;
	char took[32];

	if (!experiment_shows(x, st->answer)) {
		say_no_run(g,
			   x->v.outcome >= OUTCOME_LESSON_FAULT && x->v.reason
				   ? x->v.reason
				   : "the log does not show what the lesson "
				     "says it should",
			   x->v.next);
		return;
	}
	term_say(t, "\nFrom the log of a real run (%s):\n",
		 live_time(took, x->ms));
	experiment_show(t, x, &g->l, st, st->answer);
}

/* ---- held against a run ---- */

static int hold(struct steps *g, unsigned said, struct err *e)
{
	struct experiment x;
	struct err why = ERR_INIT;
	int r = run(g, &x, &why);

	if (r < 0 && why.code == ERR_CANCELLED) {
		term_say(&g->s->term, "\nStopped; your answer is kept. "
				      "'predict --try' runs it again.\n");
		*e = why;
		return -1;
	}
	if (r < 0) {
		say_no_run(g, why.what, why.next);
	} else {
		say_log(g, &x);
		experiment_release(&x);
	}
	say_hit(g, said);
	say_why(g);
	return 0;
}

/* After the answer was recorded: what holds it against what. */
static int resolve(struct steps *g, unsigned said, struct err *e)
{
	const struct lesson_step *st = steps_at(g);

	if (st->signs.nchecks && !st->try) {
		steps_say_next(g);
		return 0;
	}
	if (st->try) {
		if (hold(g, said, e) < 0)
			return -1;
	} else {
		say_hit(g, said);
		say_why(g);
	}
	if (steps_mark(g, g->at, e) < 0)
		return -1;
	steps_say_next(g);
	return 0;
}

static int no_question(const struct steps *g, struct err *e)
{
	err_set(e, ERR_USAGE, 0, "step %zu of lesson %s asks nothing",
		g->at + 1, g->c->id);
	return err_next(e, "'step --list' shows which ones do (predict)");
}

int steps_predict(struct steps *g, unsigned i, struct err *e)
{
	const struct lesson_step *st = steps_at(g);
	unsigned was;
	int r;

	if (st->kind != LESSON_PREDICT)
		return no_question(g, e);
	if (i >= st->choices.n) {
		err_set(e, ERR_USAGE, 0, "there is no choice '%c'",
			lesson_letter(i));
		return err_next(e, "the last one is %c",
				lesson_letter(st->choices.n - 1));
	}
	r = steps_predicted(g, g->at, &was, e);
	if (r < 0)
		return -1;
	if (r == 1) {
		say_said(g, "You have said ", was);
		return resolve(g, was, e);
	}
	/* First what is on record: after the answer it would be worth less. */
	if (progress_predict(g->s->progress, g->c->slug, st->name, i,
			     i == st->answer, e) < 0)
		return -1;
	g->s->asked = false;
	say_said(g, "You said ", i);
	return resolve(g, i, e);
}

int steps_predict_again(struct steps *g, struct err *e)
{
	unsigned was;
	int r;

	if (steps_at(g)->kind != LESSON_PREDICT)
		return no_question(g, e);
	r = steps_predicted(g, g->at, &was, e);
	if (r == 0)
		return steps_show(g, e);
	if (r < 0)
		return -1;
	say_said(g, "You said ", was);
	return resolve(g, was, e);
}
