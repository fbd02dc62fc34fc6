/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd-start.h"
#include "cmd.h"
#include "session.h"
#include "track.h"

#include <stddef.h>

/* Nothing is open but, perhaps, the lesson at work. */
static int nothing_open(struct session *s, const struct track_map *m,
			const struct catalogue_entry *here)
{
	if (here && track_state(m, here) != PROGRESS_PASSED) {
		term_say(&s->term,
			 "%s %s is the one to do: the others build on it. "
			 "Type 'check'.\n",
			 here->id, here->title);
		return 0;
	}
	term_say(&s->term, "You have passed all the lessons there are.\n");
	return 0;
}

/* Going on is fine; not noticing it is not. */
static void tell_leaving(struct session *s, const struct track_map *m,
			 const struct catalogue_entry *here)
{
	struct buf b = BUF_INIT;

	if (!here || track_state(m, here) == PROGRESS_PASSED)
		return;
	buf_addf(&b, "Leaving %s, which is not passed yet; 'start %s' takes "
		     "it up again.", here->id, here->id);
	term_para(&s->term, 0, buf_str(&b));
	term_say(&s->term, "\n");
	buf_release(&b);
}

static int exec_next(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *here, *next;
	struct err e = ERR_INIT;
	struct track_map m;
	int code;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	if (s->lessons.n == 0) {
		session_find_or_first(s, NULL, &e);
		return cmd_fail(&e);
	}
	if (track_map_open(&m, s, &e) < 0)
		return cmd_fail(&e);
	here = session_by_slug(s, s->current);
	next = track_next(&m, here);
	if (next)
		tell_leaving(s, &m, here);
	code = next ? cmd_start_lesson(s, next) : nothing_open(s, &m, here);
	track_map_release(&m);
	return code;
}

const struct cmd_entry cmd_next_entry = {
	.name = "next",
	.usage = "",
	.summary = "begin the next lesson that is open",
	.about = "A lesson is open when you have passed those that it builds "
		 "on. The one that you leave can be taken up again with "
		 "'start'.",
	.exec = exec_next,
};
