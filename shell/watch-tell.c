/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happens to the checks of `watch`, told on its screen. */
#include "attempt.h"
#include "catalogue.h"
#include "checker/buf.h"
#include "checking.h"
#include "course.h"
#include "session.h"
#include "steps.h"
#include "cmd-watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NEXT = 4 }; /* lines on what to do next, beside the result */

static void on_yields(void *arg)
{
	struct watching *g = arg;

	screen_hide(g->screen);
}

static void on_begins(void *arg, const struct checking *c,
		      const struct strv *saved)
{
	struct watching *g = arg;
	struct buf title = BUF_INIT;
	struct buf why = BUF_INIT;

	g->active = true;
	g->shown = false;
	buf_addf(&title, "%s %s", c->lesson->id, c->lesson->title);
	for (size_t i = 0; saved && i < saved->n; i++)
		buf_addf(&why, "%s%s", i ? ", " : "", saved->v[i]);
	screen_begin(g->screen, buf_str(&title), buf_str(&why));
	buf_release(&title);
	buf_release(&why);
}

static void on_stops(void *arg)
{
	struct watching *g = arg;

	screen_stop(g->screen);
}

/* Where the lesson stands now and what is next, as `check` says it. */
static char *say_next(struct watching *g, struct checking *c)
{
	const struct catalogue_entry *next = NULL;
	unsigned width = g->s->term.width;
	FILE *out = g->s->term.out;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	struct buf b = BUF_INIT;

	if (!f)
		return NULL;
	g->s->term.out = f;
	g->s->term.width = width - g->s->term.moves; /* as in the block */
	if (!steps_checked(g->s, c->lesson, &c->v) && g->s->term.keys &&
	    c->v.outcome == OUTCOME_PASS && checking_next(c, &next) == 0) {
		course_add_next(&b, g->s, next);
		term_para(&g->s->term, 0, buf_str(&b));
		buf_release(&b);
	}
	g->s->term.width = width;
	g->s->term.out = out;
	fclose(f);
	/* The screen sets it apart. */
	while (text && len > 1 && text[len - 1] == '\n' &&
	       text[len - 2] == '\n')
		text[--len] = '\0';
	return text;
}

static size_t count_lines(const char *s)
{
	size_t n = 0;

	for (; s && *s; s++)
		n += *s == '\n';
	return n;
}

static void on_ends(void *arg, struct checking *c)
{
	struct watching *g = arg;
	struct strv later = STRV_INIT;
	char *next = attempt_counts(&c->v) ? say_next(g, c) : NULL;
	bool is_long = count_lines(next) > MOST_NEXT;

	g->active = true;
	watching_look(g);
	steps_later_checks(g->s, c->lesson, &c->l, &c->v, &later);
	screen_result(g->screen, &c->v, c->dir, &later, is_long ? NULL : next);
	strv_release(&later);
	/* What the log says to a prediction is to stay. */
	if (is_long) {
		screen_leave(g->screen);
		term_write(&g->s->term, next, strlen(next));
		screen_return(g->screen);
	}
	free(next);
}

static void on_fails(void *arg, const struct err *e)
{
	struct watching *g = arg;

	screen_error(g->screen, e);
}

static void on_given(void *arg, const char *name)
{
	struct watching *g = arg;
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s is given: a check takes the lesson's own, not yours.",
		 name);
	screen_note(g->screen, buf_str(&b));
	buf_release(&b);
}

void watching_events(struct watching *g)
{
	g->events = (struct watch_events){
		.arg = g,
		.yields = on_yields,
		.begins = on_begins,
		.stages = screen_stages(g->screen),
		.stops = on_stops,
		.ends = on_ends,
		.fails = on_fails,
		.given = on_given,
	};
}
