/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd-start.h"
#include "course.h"
#include "cmd.h"
#include "session.h"
#include "steps.h"
#include "track.h"

#include <stddef.h>

/* Nothing is open but, perhaps, the lesson at work. */
static int nothing_open(struct session *s, const struct track_map *m,
			const struct catalogue_entry *here)
{
	struct buf b = BUF_INIT;

	if (here && track_state(m, here) != PROGRESS_PASSED) {
		term_say(&s->term,
			 "%s %s is the one to do: the others build on it. "
			 "Type 'check'.\n",
			 here->id, here->title);
		return 0;
	}
	course_add_end(&b, s);
	term_para(&s->term, 0, buf_str(&b));
	buf_release(&b);
	return 0;
}

/* Going on is fine; not noticing it is not. */
static void tell_leaving(struct session *s, const struct track_map *m,
			 const struct catalogue_entry *here)
{
	struct buf b = BUF_INIT;

	if (!here || track_state(m, here) == PROGRESS_PASSED)
		return;
	buf_addf(&b,
		 "Leaving %s, which is not passed yet; 'start %s' takes "
		 "it up again.",
		 here->id, here->id);
	term_para(&s->term, 0, buf_str(&b));
	term_say(&s->term, "\n");
	buf_release(&b);
}

/* 1: went on in the lesson at work; 0: that has nothing left to do. */
static int next_step(struct session *s, const struct catalogue_entry *here,
		     struct err *e)
{
	struct steps g;
	int r = 0;

	if (!here)
		return 0;
	if (steps_open(&g, s, here, e) < 0)
		return -1;
	if (!g.passed && steps_left(&g))
		r = steps_forward(&g, true, e) < 0 ? -1 : 1;
	steps_close(&g);
	return r;
}

static int exec_next(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *here, *next;
	struct err e = ERR_INIT;
	struct track_map m;
	int code, r;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	if (s->lessons.n == 0) {
		session_find_or_first(s, NULL, &e);
		return cmd_fail(&e);
	}
	if (s->no_progress.code)
		return cmd_fail(&s->no_progress);
	here = session_by_slug(s, s->current);
	r = cmd_has(a, "lesson") ? 0 : next_step(s, here, &e);
	if (r < 0)
		return cmd_fail(&e);
	if (r == 1)
		return 0;
	if (track_map_open(&m, s, &e) < 0)
		return cmd_fail(&e);
	next = track_next(&m, here);
	if (next)
		tell_leaving(s, &m, here);
	code = next ? cmd_start_lesson(s, next) : nothing_open(s, &m, here);
	track_map_release(&m);
	return code;
}

static const struct cmd_flag flags[] = {
	{"lesson", NULL, "the next lesson, whatever this one has left"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_next_entry = {
	.name = "next",
	.alias = "n",
	.usage = "",
	.summary = "go on: the next step, or the next lesson",
	.about = "While the lesson that you are at has steps left and is not "
		 "passed, the next of them; after that, and with --lesson at "
		 "once, the next lesson that is open: one whose forerunners "
		 "you have passed. A lesson that you leave can be taken up "
		 "again with 'start', at the same step.",
	.flags = flags,
	.exec = exec_next,
};
