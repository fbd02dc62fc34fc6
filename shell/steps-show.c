/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "course.h"
#include "home.h"
#include "page.h"
#include "session.h"
#include "step-text.h"
#include "steps.h"
#include "text.h"
#include "tree.h"
#include "track.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- the step ---- */

struct body {
	const struct steps *g;
	struct buf md; /* the section, or empty */
	bool answered;
	size_t task; /* bytes at the end that say what is asked for */
};

/* "Step 2 of 5 · predict", and that it is done. */
static void add_head(struct buf *out, const struct term *t,
		     const struct steps *g)
{
	buf_addf(out, "%sStep %zu of %zu%s%s%s%s\n", term_on(t, TERM_BOLD),
		 g->at + 1, g->l.nsteps, t->utf8 ? " · " : " - ",
		 steps_kind(steps_at(g)->kind), term_off(t),
		 steps_is_done(g, g->at) ? " (done)" : "");
}

static void render(struct buf *out, const struct term *t, void *arg)
{
	struct body *b = arg;

	add_head(out, t, b->g);
	if (b->md.len) {
		buf_addc(out, '\n');
		text_render(out, t, buf_str(&b->md), b->md.len);
	}
	b->task = out->len;
	step_text(out, t, steps_at(b->g), b->answered, false);
	b->task = out->len - b->task;
}

/* What the kernel has yet to say is not told beforehand. */
static bool is_pending(const struct steps *g, size_t i)
{
	const struct lesson_step *st = &g->l.steps[i];

	return st->signs.nchecks && !st->try && !steps_is_done(g, i);
}

int steps_show(struct steps *g, struct err *e)
{
	struct body b = {.g = g};
	const struct lesson_step *st = steps_at(g);
	unsigned choice;
	int r = 0;

	g->s->asked = false;
	if (st->section)
		r = lesson_section(&g->l, st->section, &b.md, e);
	tree_put_work(&b.md, &g->s->store);
	if (r == 0 && st->kind == LESSON_PREDICT) {
		r = steps_predicted(g, g->at, &choice, e);
		b.answered = r == 1 && !is_pending(g, g->at);
		g->s->asked = r == 0;
	}
	if (r >= 0) {
		/* Left early or not, what it asks for is to be seen. */
		page_render_to(&g->s->term, render, &b, &b.task);
		steps_say_next(g);
	}
	buf_release(&b.md);
	return r < 0 ? -1 : 0;
}

/* ---- what is next ---- */

/* "a, b or c" */
static void add_letters(struct buf *b, const struct lesson_step *st)
{
	size_t n = st->choices.n;

	for (size_t i = 0; i < n; i++)
		buf_addf(b, "%s%c",
			 i == 0	      ? ""
			 : i + 1 == n ? " or "
				      : ", ",
			 lesson_letter(i));
}

static void ask(struct buf *b, const struct steps *g)
{
	const struct lesson_step *st = steps_at(g);

	buf_addf(b, "What do you say? %s ", g->s->watching ? "Press" : "Type");
	if (!g->s->interactive && !g->s->watching)
		buf_adds(b, "'predict' and ");
	add_letters(b, st);
	if (g->s->watching && !g->s->asked)
		buf_adds(b, "; n shows the question");
	buf_addc(b, '.');
}

static void say_write(struct buf *b, const struct steps *g)
{
	const struct strv *files = &steps_at(g)->files;
	char *dir = session_work_dir(g->s, g->c->slug);

	buf_adds(b, "Edit ");
	for (size_t i = 0; i < files->n; i++)
		buf_addf(b, "%s%s",
			 i == 0		     ? ""
			 : i + 1 == files->n ? " and "
					     : ", ",
			 files->v[i]);
	if (dir) {
		buf_adds(b, " in ");
		home_add(b, dir);
	}
	buf_adds(b, g->s->watching ? "; what you save is checked."
				   : ", then type 'check'.");
	free(dir);
}

static const struct catalogue_entry *next_lesson(const struct steps *g)
{
	const struct catalogue_entry *next = NULL;
	struct track_map m;

	if (track_map_open(&m, g->s, NULL) == 0) {
		next = track_next(&m, g->c);
		track_map_release(&m);
	}
	return next;
}

/* The lesson's last word: it is passed, or what that still takes. */
static void say_end(struct buf *b, const struct steps *g)
{
	buf_adds(b, "That was the last step");
	if (g->passed) {
		buf_adds(b, " of this lesson. ");
		course_add_next(b, g->s, next_lesson(g));
		return;
	}
	buf_addf(b, ". Lesson %s is not passed yet: %s.", g->c->id,
		 g->s->watching ? "press Enter to check" : "type 'check'");
}

/* The way to step @to, by its number from 0 on, is to press or to type. */
static void say_step(struct buf *b, const struct steps *g, size_t to)
{
	if (g->s->watching)
		buf_adds(b, "Press n");
	else if (g->s->interactive)
		buf_adds(b, "Press Enter");
	else if (g->passed)
		buf_addf(b, "Type 'step %zu'", to + 1);
	else
		buf_adds(b, "Type 'next'");
	buf_addf(b, " for step %zu (%s)", to + 1,
		 steps_kind(g->l.steps[to].kind));
}

/*
 * After a pass 'next', and n, mean the next lesson; Enter still goes through
 * the steps, of which none may be left to do.
 */
static void say_on_passed(struct buf *b, const struct steps *g, size_t to)
{
	const struct catalogue_entry *next = next_lesson(g);

	if (!steps_left(g))
		buf_addf(b, "Lesson %s is passed. ", g->c->id);
	if (g->s->watching) {
		course_add_next(b, g->s, next);
		return;
	}
	say_step(b, g, to);
	if (!steps_left(g))
		buf_adds(b, " once more");
	if (next)
		buf_addf(b, ", or type 'next' for lesson %s %s", next->id,
			 next->title);
	else
		buf_adds(b, "; 'list' shows all lessons");
	buf_addc(b, '.');
}

static void say_on(struct buf *b, const struct steps *g)
{
	/* A check may come before the first step was looked at. */
	size_t to = g->begun ? g->at + 1 : 0;

	if (to == g->l.nsteps) {
		say_end(b, g);
	} else if (g->passed) {
		say_on_passed(b, g, to);
	} else {
		say_step(b, g, to);
		buf_addc(b, '.');
	}
}

static bool is_asked(const struct steps *g)
{
	unsigned choice;

	return steps_at(g)->kind == LESSON_PREDICT &&
	       steps_predicted(g, g->at, &choice, NULL) == 0;
}

/* The guest is opened by Enter; going on without it is named as well. */
static void say_explore(struct buf *b, const struct steps *g)
{
	const struct catalogue_entry *next = g->passed ? next_lesson(g) : NULL;

	if (g->s->watching) {
		buf_adds(b, "'boot', at the prompt, opens the guest. ");
		if (g->passed)
			course_add_next(b, g->s, next);
		else
			buf_adds(b, "Press n to go on without it.");
		return;
	}
	buf_adds(b, g->s->interactive ? "Press Enter to open the guest"
				      : "Type 'boot' to open the guest");
	if (!g->passed)
		buf_adds(b, "; 'next' goes on without it");
	else if (g->at + 1 < g->l.nsteps)
		buf_addf(b, "; 'step %zu' goes on without it", g->at + 2);
	if (next)
		buf_addf(b, ", or type 'next' for lesson %s %s", next->id,
			 next->title);
	buf_addc(b, '.');
}

void steps_say_next(struct steps *g)
{
	const struct lesson_step *st = steps_at(g);
	const struct term *t = &g->s->term;
	struct buf b = BUF_INIT;

	buf_adds(&b, term_on(t, TERM_BOLD));
	if (is_asked(g)) {
		ask(&b, g);
	} else if (st->kind == LESSON_PREDICT && is_pending(g, g->at)) {
		buf_adds(&b, "Your next check that gets to the guest will "
			     "tell. ");
		say_on(&b, g);
	} else if (st->kind == LESSON_WRITE && !steps_is_done(g, g->at)) {
		say_write(&b, g);
	} else if (st->kind == LESSON_EXPLORE && !steps_is_done(g, g->at)) {
		say_explore(&b, g);
	} else {
		say_on(&b, g);
	}
	g->s->guided = true;
	buf_adds(&b, term_off(t));
	term_say(t, "\n");
	term_para(t, 0, buf_str(&b));
	buf_release(&b);
}

/* ---- all of them ---- */

/* What it is about: the heading of its section, or its question. */
static void add_about(struct buf *out, const struct steps *g, size_t i,
		      unsigned used)
{
	const struct lesson_step *st = &g->l.steps[i];
	struct buf md = BUF_INIT;
	const char *s = st->question ? st->question : st->name;

	if (!st->question && st->section &&
	    lesson_section(&g->l, st->section, &md, NULL) == 0)
		s = buf_str(&md) + strspn(buf_str(&md), "# ");
	text_line(out, &g->s->term, used, s, strcspn(s, "\n"));
	buf_release(&md);
}

void steps_list(struct steps *g)
{
	const struct term *t = &g->s->term;
	struct buf b = BUF_INIT;
	char head[40];

	for (size_t i = 0; i < g->l.nsteps; i++) {
		bool here = i == g->at;
		bool done = steps_is_done(g, i);

		snprintf(head, sizeof(head), "%s%2zu  %-4s  %-7s  ",
			 here ? "> " : "  ", i + 1, done ? "done" : "",
			 steps_kind(g->l.steps[i].kind));
		buf_addf(&b, "%s%s%s",
			 term_on(t, here ? TERM_BOLD : TERM_PLAIN), head,
			 term_off(t));
		add_about(&b, g, i, (unsigned)strlen(head));
		buf_addc(&b, '\n');
	}
	page_show(&g->s->term, buf_str(&b), b.len);
	buf_release(&b);
	term_tell(t, "\n'step' shows the one at work, 'step N' goes to "
		     "another.");
}
