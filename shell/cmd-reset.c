/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd-start.h"
#include "cmd.h"
#include "lesson.h"
#include "page-key.h"
#include "refresh.h"
#include "session.h"
#include "spot.h"
#include "starter.h"
#include "steps.h"
#include "version.h"

#include <errno.h>
#include <stdlib.h>

static int reset(struct steps *g, const char *dir, struct err *e)
{
	const struct catalogue_entry *c = g->c;
	const struct lesson *l = &g->l;
	struct session *s = g->s;
	struct putting p = {
		.s = s,
		.slug = c->slug,
		.reason = "reset",
		.edit = &l->spec.edit,
	};
	int r = lesson_write_starter(l, dir, STARTER_START, version_put_away,
				     &p, NULL, e);
	bool kept = p.number || p.where;

	/* Also when it failed after that: then they are needed most. */
	version_tell(&p);
	if (r == 0 && !kept)
		term_say(&s->term, "Nothing was changed: these are the files "
				   "of the starter.\n");
	else if (r == 0)
		term_say(&s->term, "Lesson %s is as it was at the start.\n",
			 c->id);
	putting_release(&p);
	if (r == 0)
		r = steps_unwrite(g, e);
	if (r == 0)
		r = lesson_refresh(s, l, dir, true, NULL, e);
	if (r < 0)
		return -1;
	spot_forget(s, c->slug);
	cmd_start_files(s, l, dir);
	return 0;
}

/* Where somebody can be asked; elsewhere the command was meant. */
static bool is_wanted(struct session *s, const struct catalogue_entry *c)
{
	struct buf b = BUF_INIT;
	bool yes;

	if (!s->term.keys || !(s->interactive || s->watching))
		return true;
	buf_addf(&b,
		 "Reset %s? What you have is kept as a version first. y: "
		 "yes, any other key: no",
		 c->id);
	yes = page_key_yes(&s->term, buf_str(&b));
	buf_release(&b);
	if (!yes)
		term_say(&s->term, "Nothing was changed.\n");
	return yes;
}

static int exec_reset(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *c;
	struct err e = ERR_INIT;
	struct steps g;
	char *dir;
	int r = -1;

	if (session_open(s, &e) < 0 || session_writable(s, &e) < 0)
		return cmd_fail(&e);
	c = session_find(s, a->pos[0], &e);
	if (!c || steps_open(&g, s, c, &e) < 0)
		return cmd_fail(&e);
	if (!is_wanted(s, c)) {
		steps_close(&g);
		return 0;
	}
	dir = session_work_dir(s, c->slug);
	if (dir)
		r = reset(&g, dir, &e);
	else
		err_set(&e, ERR_ENV, ENOMEM, "cannot reset the lesson");
	free(dir);
	steps_close(&g);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_reset_entry = {
	.name = "reset",
	.alias = "r",
	.usage = "[LESSON]",
	.summary = "put your files away and lay down the starter again",
	.about = "Nothing is lost: what you had is kept first, as a version "
		 "that 'history' lists and 'restore' brings back. At the "
		 "prompt, and in 'watch', it asks first. What the "
		 "steps of the lesson ask you to write is to be done again; "
		 "what you read or predicted stays done.",
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_reset,
};
