/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "glyph.h"
#include "progress.h"
#include "session.h"
#include "track.h"

#include <stdlib.h>
#include <string.h>

enum { BAR = 12, TITLE = 28 };

struct tally {
	const struct catalogue_entry *first;
	unsigned all, passed, started;
};

/*
 * "[##>..]": one mark a lesson; of a track that has too many for that, one
 * for several. What is begun is never drawn as more than it is.
 */
static void draw_bar(const struct term *t, const struct tally *y)
{
	unsigned cells = y->all < BAR ? y->all : BAR;
	unsigned passed = y->passed * cells / y->all;
	unsigned begun = (y->passed + y->started) * cells / y->all;

	if (begun == passed && y->started && begun < cells)
		begun++;
	term_say(t, "[%s", term_on(t, TERM_GOOD));
	for (unsigned i = 0; i < cells; i++) {
		if (i == passed)
			term_say(t, "%s%s", term_off(t), term_on(t, TERM_WARN));
		if (i == begun)
			term_say(t, "%s", term_off(t));
		term_say(t, "%c", i < passed ? '#' : i < begun ? '>' : '.');
	}
	term_say(t, "%s]%*s", term_off(t), (int)(BAR - cells), "");
}

static void show_track(const struct term *t, const struct tally *y)
{
	const char *title = y->first->track_title;
	size_t fits = glyph_fit(title, strlen(title), TITLE);

	term_say(t, "  %2u %.*s%*s ", y->first->track_no, (int)fits, title,
		 (int)(TITLE - glyph_columns(title, fits)), "");
	draw_bar(t, y);
	term_say(t, "  %u of %u passed", y->passed, y->all);
	if (y->started)
		term_say(t, ", %u begun", y->started);
	term_say(t, "\n");
}

static void show_tracks(struct session *s, const struct track_map *m)
{
	struct tally y = {.first = NULL};

	for (size_t i = 0; i < s->lessons.n; i++) {
		const struct catalogue_entry *c = &s->lessons.v[i];
		enum progress_state st = track_state(m, c);

		if (y.first && strcmp(y.first->track, c->track) != 0) {
			show_track(&s->term, &y);
			y = (struct tally){.first = NULL};
		}
		if (!y.first)
			y.first = c;
		y.all++;
		y.passed += st == PROGRESS_PASSED;
		y.started += st == PROGRESS_STARTED;
	}
	if (y.first)
		show_track(&s->term, &y);
	term_say(&s->term, "\n     # passed   > begun, not passed   . not "
			   "begun\n");
}

static const char *plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

static int show_here(struct session *s, const struct catalogue_entry *c,
		     struct err *e)
{
	const struct term *t = &s->term;
	struct strv keys = STRV_INIT;
	struct progress_lesson l;
	char *verdict = NULL;

	if (progress_lesson(s->progress, c->slug, &l, e) < 0)
		return -1;
	if (progress_last(s->progress, c->slug, &verdict, &keys, e) < 0) {
		progress_lesson_release(&l);
		return -1;
	}
	term_say(t, "  At   %s%s %s%s\n", term_on(t, TERM_BOLD), c->id,
		 c->title, term_off(t));
	term_say(t, "       %s, %u attempt%s, %u hint%s%s%s\n",
		 l.state != PROGRESS_PASSED ? "started"
		 : progress_saw_solution(&l)
			 ? "passed once the solution was shown"
			 : "passed",
		 l.attempts,
		 plural(l.attempts), l.hints, plural(l.hints),
		 verdict ? "; the last check: " : "", verdict ? verdict : "");
	progress_lesson_release(&l);
	strv_release(&keys);
	free(verdict);
	return 0;
}

static int show_now(struct session *s, const struct track_map *m, struct err *e)
{
	const struct catalogue_entry *here = session_by_slug(s, s->current);
	const struct catalogue_entry *next = track_next(m, here);

	term_say(&s->term, "\n");
	if (here && show_here(s, here, e) < 0)
		return -1;
	if (next)
		term_say(&s->term, "  Next %s %s\n", next->id, next->title);
	return 0;
}

static int exec_status(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	struct track_map m;
	int r;

	if (session_open(s, &e) < 0 || track_map_open(&m, s, &e) < 0)
		return cmd_fail(&e);
	term_say(&s->term, "\n");
	show_tracks(s, &m);
	r = show_now(s, &m, &e);
	track_map_release(&m);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_status_entry = {
	.name = "status",
	.usage = "",
	.summary = "how far you are",
	.about = "Each mark in the picture is a lesson: # is passed, > is "
		 "begun and not passed, . is not begun.",
	.exec = exec_status,
};
