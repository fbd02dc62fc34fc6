/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd-start.h"
#include "cmd.h"
#include "keep.h"
#include "lesson.h"
#include "session.h"
#include "spot.h"
#include "starter.h"

#include <errno.h>
#include <stdlib.h>

struct putting {
	struct session *s;
	const char *slug;
	char *where;
};

static int put_away(void *arg, const char *dir, const struct strv *files,
		    struct err *e)
{
	struct putting *p = arg;

	return keep_files(&p->where, NULL, p->s->store.state, p->slug, dir,
			  files, e);
}

static int reset(struct session *s, const struct catalogue_entry *c,
		 const struct lesson *l, const char *dir, struct err *e)
{
	struct putting p = {.s = s, .slug = c->slug};
	int r = lesson_write_starter(l, dir, STARTER_START, put_away, &p, NULL,
				     e);

	/* Also when it failed after that: then they are needed most. */
	if (p.where)
		term_say(&s->term, "What you had is in\n  %s%s%s\n",
			 term_on(&s->term, TERM_BOLD), p.where,
			 term_off(&s->term));
	if (r == 0 && !p.where)
		term_say(&s->term, "Nothing was changed: these are the files "
				   "of the starter.\n");
	else if (r == 0)
		term_say(&s->term, "Lesson %s is as it was at the start.\n",
			 c->id);
	free(p.where);
	if (r < 0)
		return -1;
	spot_forget(s, c->slug);
	cmd_start_files(s, l, dir);
	return 0;
}

static int exec_reset(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *c;
	struct err e = ERR_INIT;
	struct lesson l;
	char *dir;
	int r = -1;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	c = session_find(s, a->pos[0], &e);
	if (!c || session_load(s, &l, c, &e) < 0)
		return cmd_fail(&e);
	dir = session_work_dir(s, c->slug);
	if (dir)
		r = reset(s, c, &l, dir, &e);
	else
		err_set(&e, ERR_ENV, ENOMEM, "cannot reset the lesson");
	free(dir);
	lesson_release(&l);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_reset_entry = {
	.name = "reset",
	.usage = "[LESSON]",
	.summary = "put your files away and lay down the starter again",
	.about = "Nothing is lost: what you had is copied first, and you are "
		 "told where to.",
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_reset,
};
