/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot.h"
#include "checker/err.h"
#include "cmd.h"
#include "session.h"
#include "starter.h"
#include "steps.h"
#include "version.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int go_show(struct steps *g, size_t i, struct err *e)
{
	return steps_go(g, i, e) < 0 ? -1 : steps_show(g, e);
}

/* Done with this one; the next, unless it was the last. */
static int advance(struct steps *g, struct err *e)
{
	if (g->at + 1 < g->l.nsteps)
		return go_show(g, g->at + 1, e);
	steps_say_next(g);
	return 0;
}

/*
 * Into the guest, and then the next Enter goes on. What does not build yet
 * has been shown, and is no visit.
 */
static int explore(struct steps *g, bool skip, struct err *e)
{
	int r = skip || !g->s->interactive ? 0 : boot_open(g->s, g->c, e);
	bool visited = !skip && g->s->interactive;

	if (r > 0)
		steps_say_next(g);
	if (r != 0)
		return r < 0 ? -1 : 0;
	if (steps_mark(g, g->at, e) < 0)
		return -1;
	if (!visited)
		return advance(g, e);
	steps_say_next(g);
	return 0;
}

/* For who is stuck, or wants to be elsewhere: nobody is held at a step. */
static void say_ways(struct steps *g, bool skip)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s'step' shows what it is about",
		 g->s->watching ? "At the prompt " : "");
	if (g->at + 1 < g->l.nsteps)
		buf_addf(&b, ", 'step %zu' goes on without it", g->at + 2);
	if (skip)
		buf_adds(&b, ", 'next --lesson' begins another lesson");
	buf_addc(&b, '.');
	term_para(&g->s->term, 0, buf_str(&b));
	buf_release(&b);
}

int steps_forward(struct steps *g, bool skip, struct err *e)
{
	enum lesson_step_kind kind = steps_at(g)->kind;
	unsigned choice;
	int r;

	if (!g->begun)
		return go_show(g, 0, e);
	if (kind == LESSON_EXPLORE && !steps_is_done(g, g->at))
		return explore(g, skip, e);
	if (kind == LESSON_PREDICT) {
		r = steps_predicted(g, g->at, &choice, e);
		if (r < 0)
			return -1;
		if (r == 0 && !steps_is_done(g, g->at))
			return steps_show(g, e);
	}
	if (kind == LESSON_WRITE && !steps_is_done(g, g->at)) {
		steps_say_next(g);
		say_ways(g, skip);
		return 0;
	}
	if (kind == LESSON_READ && steps_mark(g, g->at, e) < 0)
		return -1;
	return advance(g, e);
}

/* ---- a line of the prompt ---- */

static int forward_here(struct session *s, struct err *e)
{
	const struct catalogue_entry *c = session_find_or_first(s, NULL, e);
	struct steps g;
	int r;

	if (!c)
		return -1;
	if (!session_by_slug(s, s->current)) {
		term_say(&s->term, "Type 'start' to begin lesson %s %s.\n",
			 c->id, c->title);
		return 0;
	}
	if (steps_open(&g, s, c, e) < 0)
		return -1;
	/* Who comes back sees first where that is. */
	if (g.begun && !s->guided)
		r = steps_show(&g, e);
	else
		r = steps_forward(&g, false, e);
	steps_close(&g);
	return r;
}

/* The question at work, in @g that is open, waits for an answer. */
static bool is_waiting(const struct steps *g)
{
	unsigned was;

	return g->begun && steps_at(g)->kind == LESSON_PREDICT &&
	       steps_predicted(g, g->at, &was, NULL) == 0;
}

unsigned steps_asks(struct session *s)
{
	const struct catalogue_entry *c = session_by_slug(s, s->current);
	struct steps g;
	unsigned n = 0;

	if (!c || steps_open(&g, s, c, NULL) < 0)
		return 0;
	if (is_waiting(&g))
		n = (unsigned)steps_at(&g)->choices.n;
	steps_close(&g);
	return n;
}

/*
 * 1: it answered the question at work; 0: no question is open. Where the
 * letter is a command's too, that is so until the next check.
 */
static int answer_here(struct session *s, char letter, struct err *e)
{
	const char name[] = {letter, '\0'};
	const struct catalogue_entry *c = session_by_slug(s, s->current);
	struct steps g;
	int r = 0;

	if (!c || (cmd_find(name) && !s->asked) ||
	    steps_open(&g, s, c, NULL) < 0)
		return 0;
	if (is_waiting(&g)) {
		unsigned i = (unsigned)(letter - 'a');

		r = steps_predict(&g, i, e) < 0 ? -1 : 1;
	}
	steps_close(&g);
	return r;
}

bool steps_line(struct session *s, const char *line, int *code)
{
	const char *word = line + strspn(line, " \t");
	size_t len = strcspn(word, " \t");
	struct err e = ERR_INIT;
	int r;

	if (!*word) {
		r = forward_here(s, &e);
	} else if (len == 1 && isalpha((unsigned char)*word) &&
		   !word[len + strspn(word + len, " \t")]) {
		r = answer_here(s, (char)tolower((unsigned char)*word), &e);
		if (r == 0)
			return false;
	} else {
		return false;
	}
	*code = r < 0 ? cmd_fail(&e) : 0;
	return true;
}

/* ---- start in the middle ---- */

int steps_start_at(struct steps *g, const char *name, const char *dir,
		   struct putting *p, struct err *e)
{
	size_t n;

	*p = (struct putting){
		.s = g->s,
		.slug = g->c->slug,
		.reason = "start",
		.edit = &g->l.spec.edit,
	};
	if (steps_find(g, name, &n, e) < 0 ||
	    lesson_write_at(&g->l, n, dir, version_put_away, p, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (steps_mark(g, i, e) < 0)
			return -1;
	return steps_go(g, n, e);
}
