/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "glyph.h"
#include "session.h"
#include "track.h"

#include <string.h>

static const struct {
	const char *word;
	enum term_style style;
} states[] = {
	[PROGRESS_NEW] = {"", TERM_PLAIN},
	[PROGRESS_STARTED] = {"started", TERM_WARN},
	[PROGRESS_PASSED] = {"passed", TERM_GOOD},
};

/* A mark, the id, the title as wide as there is room, minutes, state. */
static void show_lesson(const struct session *s, const struct track_map *m,
			const struct catalogue_entry *c)
{
	const struct term *t = &s->term;
	enum progress_state st = track_state(m, c);
	bool here = s->current && strcmp(s->current, c->slug) == 0;
	unsigned room = t->width < 46 ? 20 : t->width > 88 ? 62 : t->width - 26;
	size_t fits = glyph_fit(c->title, strlen(c->title), room);
	unsigned pad = room - glyph_columns(c->title, fits);

	term_say(t, "%c %-5s %.*s%*s  ", here ? '>' : ' ', c->id, (int)fits,
		 c->title, (int)pad, "");
	if (c->broken)
		term_say(t, "         %sbroken%s\n", term_on(t, TERM_BAD),
			 term_off(t));
	else if (st == PROGRESS_NEW)
		term_say(t, "%3u min\n", c->minutes);
	else
		term_say(t, "%3u min  %s%s%s\n", c->minutes,
			 term_on(t, states[st].style), states[st].word,
			 term_off(t));
}

static void show_all(const struct session *s, const struct track_map *m)
{
	const struct term *t = &s->term;
	const char *track = "";

	for (size_t i = 0; i < s->lessons.n; i++) {
		const struct catalogue_entry *c = &s->lessons.v[i];

		if (strcmp(track, c->track) != 0)
			term_say(t, "%s%sTrack %u: %s%s\n", i ? "\n" : "",
				 term_on(t, TERM_BOLD), c->track_no,
				 c->track_title, term_off(t));
		track = c->track;
		show_lesson(s, m, c);
	}
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
	return 0;
}

const struct cmd_entry cmd_list_entry = {
	.name = "list",
	.alias = "ls",
	.usage = "",
	.summary = "list the lessons and what you have done",
	.about = "The lesson that you are at is marked with '>'.",
	.exec = exec_list,
};
