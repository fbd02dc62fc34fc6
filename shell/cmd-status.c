/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cell.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "picture.h"
#include "progress.h"
#include "session.h"
#include "spent.h"
#include "steps.h"
#include "track.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_OPEN = 3 };

static const char *plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

/* ---- time ---- */

struct times {
	struct progress_spent *v;
	size_t n;
	int64_t all, today;
};

/* What cannot be read is not shown: it is no reason to show nothing. */
static void times_open(struct times *tm, struct session *s)
{
	*tm = (struct times){.v = NULL};
	if (s->no_progress.code)
		return;
	progress_spent(s->progress, time(NULL), &tm->v, &tm->n, NULL);
	for (size_t i = 0; i < tm->n; i++) {
		tm->all += tm->v[i].seconds;
		tm->today += tm->v[i].today;
	}
}

static int64_t time_at(const struct times *tm, const char *slug)
{
	for (size_t i = 0; i < tm->n; i++)
		if (strcmp(tm->v[i].slug, slug) == 0)
			return tm->v[i].seconds;
	return 0;
}

/* ---- what is said ---- */

/* "  At    text", the rest of the text below it. */
static void say(const struct term *t, const char *label, const char *text)
{
	term_item(t, label, 8, text);
}

static void name_lesson(struct buf *b, const struct term *t,
			const struct catalogue_entry *c)
{
	buf_addf(b, "%s%s %s%s", term_on(t, TERM_BOLD), c->id, c->title,
		 term_off(t));
}

/* "step 2 of 3, "; a broken lesson has none. */
static void add_step(struct buf *b, struct session *s,
		     const struct catalogue_entry *c)
{
	struct steps g;

	if (steps_open(&g, s, c, NULL) < 0)
		return;
	if (g.l.nsteps > 1)
		buf_addf(b, "step %zu of %zu, ", g.at + 1, g.l.nsteps);
	steps_close(&g);
}

static const char *how_it_stands(const struct progress_lesson *l)
{
	if (l->state != PROGRESS_PASSED)
		return l->solution_at ? "started, the solution was shown"
				      : "started";
	return progress_saw_solution(l) ? "passed once the solution was shown"
					: "passed";
}

static int add_here(struct buf *b, struct session *s,
		    const struct catalogue_entry *c, const struct times *tm,
		    struct err *e)
{
	const char *slug = c->slug;
	struct strv keys = STRV_INIT;
	struct progress_lesson l;
	char *verdict = NULL;
	char spent[32];

	if (progress_lesson(s->progress, slug, &l, e) < 0)
		return -1;
	if (progress_last(s->progress, slug, &verdict, &keys, e) < 0) {
		progress_lesson_release(&l);
		return -1;
	}
	if (l.state != PROGRESS_PASSED)
		add_step(b, s, c);
	buf_addf(b, "%s; %u check%s", how_it_stands(&l), l.attempts,
		 plural(l.attempts));
	if (l.hints)
		buf_addf(b, ", %u hint%s", l.hints, plural(l.hints));
	if (time_at(tm, slug) >= 60)
		buf_addf(b, ", %s", spent_words(spent, time_at(tm, slug)));
	if (verdict)
		buf_addf(b, "; last check: %s", verdict);
	progress_lesson_release(&l);
	strv_release(&keys);
	free(verdict);
	return 0;
}

static int show_here(struct session *s, const struct catalogue_entry *c,
		     const struct times *tm, struct err *e)
{
	struct buf b = BUF_INIT;
	int r;

	name_lesson(&b, &s->term, c);
	say(&s->term, "At", buf_str(&b));
	buf_clear(&b);
	r = add_here(&b, s, c, tm, e);
	if (r == 0)
		say(&s->term, "", buf_str(&b));
	buf_release(&b);
	return r;
}

/* The next one first, then others that could be begun as well. */
static void show_open(struct session *s, const struct track_map *m,
		      const struct catalogue_entry *next)
{
	const struct catalogue *all = &s->lessons;
	size_t from = next ? (size_t)(next - all->v) : 0;
	unsigned shown = 0, more = 0;
	struct buf b = BUF_INIT;

	for (size_t i = 0; next && i < all->n; i++) {
		const struct catalogue_entry *c = &all->v[(from + i) % all->n];

		if (c != next && track_look(m, c) != TRACK_OPEN)
			continue;
		if (shown == MOST_OPEN) {
			more++;
			continue;
		}
		buf_clear(&b);
		buf_addf(&b, "%s %s, about %u min", c->id, c->title,
			 c->minutes);
		say(&s->term,
		    c == next	 ? "Next"
		    : shown == 1 ? "Open"
				 : "",
		    buf_str(&b));
		shown++;
	}
	buf_clear(&b);
	buf_addf(&b, "and %u more: see 'list'", more);
	if (more)
		say(&s->term, "", buf_str(&b));
	buf_release(&b);
}

static void show_time(struct session *s, const struct times *tm)
{
	struct buf b = BUF_INIT;
	char all[32], today[32];

	if (tm->all < 60)
		return;
	buf_addf(&b, "%s in all, %s today", spent_words(all, tm->all),
		 tm->today ? spent_words(today, tm->today) : "none");
	say(&s->term, "Time", buf_str(&b));
	buf_release(&b);
}

static void show_what_to_type(const struct track_map *m,
			      const struct catalogue_entry *here,
			      const struct catalogue_entry *next)
{
	bool busy = here && track_state(m, here) != PROGRESS_PASSED;
	struct buf b = BUF_INIT;

	if (busy)
		buf_adds(&b, "'check' tries your work");
	if (next)
		buf_addf(&b, "%s'%s' begins %s", busy ? ", " : "",
			 here ? "next" : "start", next->id);
	if (!busy && !next)
		buf_adds(&b, "'start LESSON' takes one up again");
	buf_adds(&b, ".");
	term_say(&m->s->term, "\n");
	term_para(&m->s->term, 0, buf_str(&b));
	buf_release(&b);
}

/* How far it is cannot be told, and is not made up. */
static int progress_unknown(struct session *s)
{
	int code = cmd_fail(&s->no_progress);

	term_say(&s->term,
		 "%zu lessons are here; 'list' shows them, 'start LESSON' "
		 "begins one.\n",
		 s->lessons.n);
	return code;
}

static int exec_status(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *here, *next;
	struct err e = ERR_INIT;
	struct track_map m;
	struct times tm;
	int r = 0;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	if (s->no_progress.code)
		return progress_unknown(s);
	if (track_map_open(&m, s, &e) < 0)
		return cmd_fail(&e);
	times_open(&tm, s);
	here = session_by_slug(s, s->current);
	next = track_next(&m, here);
	picture_show(&s->term, &m);
	term_say(&s->term, "\n");
	if (here)
		r = show_here(s, here, &tm, &e);
	if (r == 0) {
		show_open(s, &m, next);
		show_time(s, &tm);
		show_what_to_type(&m, here, next);
	}
	progress_spent_free(tm.v, tm.n);
	track_map_release(&m);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_status_entry = {
	.name = "status",
	.usage = "",
	.summary = "how far you are, and what is open next",
	.about = "Each sign in the picture is a lesson: # is passed, > begun, "
		 "o open, and . builds on one that you have not passed. A "
		 "long track has one sign for several.\n\nTime is what you "
		 "spend at the prompt and in 'watch': what is between two "
		 "things that you do, at most five minutes of it.",
	.exec = exec_status,
};
