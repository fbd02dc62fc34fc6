/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "welcome.h"
#include "checker/buf.h"
#include "course.h"
#include "session.h"
#include "steps.h"
#include "track.h"

#include <stdio.h>

static void key(const struct term *t, const char *word, const char *what)
{
	char label[40];

	snprintf(label, sizeof(label), "%s%s%s", term_on(t, TERM_BOLD), word,
		 term_off(t));
	term_item(t, label, 10, what);
}

static void first_time(struct session *s)
{
	const struct term *t = &s->term;
	char first[160];

	term_say(t, "%sWelcome to Kiln.%s\n\n", term_on(t, TERM_BOLD),
		 term_off(t));
	term_para(t, 0,
		  "You write small pieces of C and Rust for the Linux kernel. "
		  "Kiln builds them, loads them into a real kernel in a "
		  "virtual machine, and tells you from the kernel's own log "
		  "whether they work. You edit in an editor of your own, "
		  "and come back here to type 'check'.");
	term_say(t, "\n");
	if (s->lessons.n > 0) {
		snprintf(first, sizeof(first), "begin lesson %s: %s",
			 s->lessons.v[0].id, s->lessons.v[0].title);
		key(t, "start", first);
	}
	key(t, "list", "see all lessons");
	key(t, "help", "see all commands");
	key(t, "quit", "leave; all you did is kept");
}

/* What comes after lesson @c, if it can be told. */
static const struct catalogue_entry *next_of(struct session *s,
					     const struct catalogue_entry *c)
{
	const struct catalogue_entry *next = NULL;
	struct track_map m;

	if (track_map_open(&m, s, NULL) == 0) {
		next = track_next(&m, c);
		track_map_release(&m);
	}
	return next;
}

static void say_passed(struct session *s, const struct catalogue_entry *c)
{
	const struct catalogue_entry *next = next_of(s, c);
	struct buf b = BUF_INIT;

	if (next)
		buf_addf(&b,
			 "'next' begins lesson %s %s, 'list' shows them all.",
			 next->id, next->title);
	else
		course_add_end(&b, s);
	term_para(&s->term, 0, buf_str(&b));
	buf_release(&b);
}

/* Which step it was; a lesson that is broken says so when it is used. */
static void say_where(struct session *s, const struct catalogue_entry *c)
{
	const struct term *t = &s->term;
	char text[300];
	struct steps g;

	if (steps_open(&g, s, c, NULL) < 0) {
		term_para(t, 0,
			  "'start' shows it again, 'help' lists the "
			  "commands.");
		return;
	}
	snprintf(text, sizeof(text), "Lesson %s%s %s%s, %s.",
		 term_on(t, TERM_BOLD), c->id, c->title, term_off(t),
		 g.passed ? "passed" : "started");
	term_para(t, 0, text);
	if (g.passed && !steps_left(&g)) {
		say_passed(s, c);
	} else {
		snprintf(text, sizeof(text),
			 "Press Enter to take up step %zu of %zu (%s)%s; "
			 "'help' lists the commands.",
			 g.at + 1, g.l.nsteps, steps_kind(steps_at(&g)->kind),
			 g.passed && next_of(s, c)
				 ? ", or type 'next' for the next lesson"
				 : "");
		term_para(t, 0, text);
	}
	steps_close(&g);
}

void welcome(struct session *s)
{
	const struct catalogue_entry *c = session_by_slug(s, s->current);
	const struct term *t = &s->term;

	if (c)
		say_where(s, c);
	else
		first_time(s);
	if (store_has_toolroot(&s->store) && store_has_linux(&s->store))
		return;
	term_say(t,
		 "\n%sThe set-up has not been done.%s You can read, but "
		 "not check.\n",
		 term_on(t, TERM_WARN), term_off(t));
	key(t, "setup", "make the tools and the kernel: 12 minutes, 3 GB");
}
