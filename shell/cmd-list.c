/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cell.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "session.h"
#include "track.h"

#include <string.h>

enum {
	STATE = 12, /* columns of "after 10.12" */
	BESIDE = 31, /* mark, id, minutes and state, and what is between */
	NARROW = 60, /* below that the minutes are left out */
	BESIDE_NARROW = 21,
	MOST_TITLE = 62,
};

static const struct {
	const char *word;
	enum term_style style;
} looks[] = {
	[TRACK_PASSED] = {"passed", TERM_GOOD},
	[TRACK_STARTED] = {"started", TERM_WARN},
	[TRACK_OPEN] = {"open", TERM_BOLD},
	[TRACK_LOCKED] = {"after ", TERM_DIM},
	[TRACK_BROKEN] = {"broken", TERM_BAD},
};

static unsigned title_room(const struct term *t)
{
	unsigned beside = t->width < NARROW ? BESIDE_NARROW : BESIDE;
	unsigned room = t->width > beside + 8 ? t->width - beside : 8;

	return room < MOST_TITLE ? room : MOST_TITLE;
}

static void add_look(struct buf *b, const struct track_map *m,
		     const struct catalogue_entry *c)
{
	const struct term *t = &m->s->term;
	enum track_look look = track_look(m, c);

	/* What was done is not known, and nothing is made up. */
	if (m->s->no_progress.code && look != TRACK_BROKEN)
		return;

	buf_addf(b, "%s%s%s%s", term_on(t, looks[look].style), looks[look].word,
		 look == TRACK_LOCKED ? track_missing(m, c)->id : "",
		 term_off(t));
}

/* A mark, the id, the title as wide as there is room, minutes, state. */
static void add_lesson(struct buf *b, const struct track_map *m,
		       const struct catalogue_entry *c)
{
	const struct session *s = m->s;
	const struct term *t = &s->term;
	bool here = s->current && strcmp(s->current, c->slug) == 0;
	unsigned room = title_room(t);

	buf_addf(b, "%s %-5s ", here ? term_sign(t, ">", "here:") : " ", c->id);
	cell_add(b, t, c->title, room);
	if (t->width >= NARROW && c->broken)
		buf_adds(b, "          ");
	else if (t->width >= NARROW)
		buf_addf(b, "  %4u min", c->minutes);
	buf_adds(b, "  ");
	add_look(b, m, c);
	buf_addc(b, '\n');
}

static void show_all(const struct session *s, const struct track_map *m)
{
	const struct term *t = &s->term;
	const char *track = "";
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < s->lessons.n; i++) {
		const struct catalogue_entry *c = &s->lessons.v[i];

		if (strcmp(track, c->track) != 0)
			buf_addf(&b, "%s%sTrack %u: %s%s\n", i ? "\n" : "",
				 term_on(t, TERM_BOLD), c->track_no,
				 c->track_title, term_off(t));
		track = c->track;
		add_lesson(&b, m, c);
	}
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

static int exec_list(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	struct track_map m;

	if (session_open(s, &e) < 0 || track_map_open(&m, s, &e) < 0)
		return cmd_fail(&e);
	show_all(s, &m);
	for (size_t i = 0; i < s->lessons.n; i++)
		if (s->lessons.v[i].broken)
			term_error(&s->lessons.v[i].error);
	track_map_release(&m);
	return s->no_progress.code ? err_exit_code(&s->no_progress) : 0;
}

const struct cmd_entry cmd_list_entry = {
	.name = "list",
	.alias = "t",
	.other = "ls",
	.usage = "",
	.summary = "list the lessons and what you have done",
	.about = "The lesson that you are at is marked with '>'. One that is "
		 "open builds on nothing that you have not passed; 'after "
		 "1.2' names what to pass first. 'start' begins any of them "
		 "all the same.",
	.exec = exec_list,
};
