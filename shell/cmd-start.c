/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd-start.h"
#include "checker/err.h"
#include "cmd.h"
#include "editors.h"
#include "home.h"
#include "keep.h"
#include "lesson.h"
#include "odd.h"
#include "page.h"
#include "refresh.h"
#include "session.h"
#include "starter.h"
#include "steps.h"
#include "text.h"
#include "track.h"
#include "tree.h"
#include "version.h"
#include "wrap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "  edit   a, b": what follows the label, wrapped beside it. */
static void name_place(const struct term *t, const char *label, const char *s)
{
	struct wrap w = {.width = term_prose(t)};
	struct buf out = BUF_INIT;

	wrap_indent(&w, 9);
	snprintf(w.first, sizeof(w.first), "  %-6s ", label);
	wrap_text(&out, &w, s);
	term_write(t, buf_str(&out), out.len);
	buf_release(&out);
}

static void name_files(const struct term *t, const char *label,
		       const struct strv *files, const char *note)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < files->n; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", files->v[i]);
	buf_adds(&b, note);
	if (files->n)
		name_place(t, label, buf_str(&b));
	buf_release(&b);
}

void cmd_start_files(struct session *s, const struct lesson *l, const char *dir)
{
	const struct term *t = &s->term;
	struct buf b = BUF_INIT;

	buf_adds(&b, term_on(t, TERM_BOLD));
	home_add(&b, dir);
	buf_adds(&b, term_off(t));
	term_say(t, "\n");
	name_place(t, "in", buf_str(&b));
	name_files(t, "edit", &l->spec.edit, "");
	name_files(t, "given", &l->spec.given, " (read-only)");
	tree_link(&s->store);
	buf_clear(&b);
	if (tree_add_name(&b, &s->store)) {
		buf_adds(&b, " (its source, to read)");
		name_place(t, "kernel", buf_str(&b));
	}
	buf_release(&b);
}

/* Text that cannot be read is told, and stops nothing. */
static void show_opening(struct session *s, const struct lesson *l)
{
	struct buf md = BUF_INIT;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	if (lesson_section(l, "", &md, &e) < 0)
		term_error(&e);
	tree_put_work(&md, &s->store);
	if (md.len && text_render(&out, &s->term, buf_str(&md), md.len) == 0)
		page_show(&s->term, buf_str(&out), out.len);
	buf_release(&md);
	buf_release(&out);
}

/* Something else in the place of a file, which is not touched either. */
static void tell_odd(struct session *s, const struct lesson *l, const char *dir)
{
	struct buf b = BUF_INIT;
	struct err e;

	for (size_t i = 0; i < l->spec.edit.n; i++) {
		if (odd_file(dir, l->spec.edit.v[i], &e) == 0)
			continue;
		buf_clear(&b);
		buf_addf(&b, "%s%s%s: %s.", term_on(&s->term, TERM_WARN),
			 e.what, term_off(&s->term), e.next);
		term_para(&s->term, 0, buf_str(&b));
	}
	buf_release(&b);
}

/* The files to edit that were there once and are not any more. */
static int find_gone(struct strv *gone, const struct steps *g, const char *dir,
		     struct err *e)
{
	const struct strv *edit = &g->l.spec.edit;
	int r = 0;

	if (!g->begun && !keep_any_there(dir, edit) &&
	    !keep_any_there(dir, &g->l.spec.given))
		return 0;
	for (size_t i = 0; r == 0 && i < edit->n; i++) {
		const struct strv one = {.v = &edit->v[i], .n = 1};

		if (!keep_any_there(dir, &one))
			r = strv_add(gone, edit->v[i]);
	}
	return r < 0 ? err_set(e, ERR_ENV, ENOMEM, "cannot start the lesson")
		     : 0;
}

static void tell_gone(struct session *s, const struct strv *gone)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < gone->n; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", gone->v[i]);
	if (gone->n)
		buf_addf(&b,
			 " %s not there any more: the lesson's %s laid "
			 "down again.",
			 gone->n == 1 ? "was" : "were",
			 gone->n == 1 ? "file was" : "files were");
	if (gone->n)
		term_para(&s->term, 0, buf_str(&b));
	buf_release(&b);
}

/* Files that were there before stay; what is not there is named. */
static void tell_resumed(struct session *s, const struct lesson *l,
			 const char *dir)
{
	term_say(&s->term, "\n");
	term_para(&s->term, 0,
		  "Your files are there already and were left as they are. "
		  "'reset' puts them away and lays down the starter.");
	tell_odd(s, l, dir);
}

static void tell_needs(struct session *s, const struct catalogue_entry *c)
{
	const struct catalogue_entry *need;
	struct track_map m;

	if (track_map_open(&m, s, NULL) < 0)
		return;
	need = track_missing(&m, c);
	if (need) {
		struct buf b = BUF_INIT;

		buf_addf(&b,
			 "It builds on %s %s, which you have not passed "
			 "yet.",
			 need->id, need->title);
		term_say(&s->term, "\n");
		term_para(&s->term, 0, buf_str(&b));
		buf_release(&b);
	}
	track_map_release(&m);
}

/* The opening, where all is, and how to go on. */
static void show_start(struct session *s, const struct catalogue_entry *c,
		       const struct lesson *l, const char *dir, bool resumed)
{
	term_say(&s->term, "%sLesson %s%s, about %u minutes\n\n",
		 term_on(&s->term, TERM_DIM), c->id, term_off(&s->term),
		 l->minutes);
	show_opening(s, l);
	tell_needs(s, c);
	cmd_start_files(s, l, dir);
	if (resumed)
		tell_resumed(s, l, dir);
}

static void tell_first_step(struct session *s, const struct lesson *l)
{
	char text[80];

	snprintf(text, sizeof(text),
		 "The lesson has %zu steps. %s for the first.", l->nsteps,
		 s->watching	  ? "Press n"
		 : s->interactive ? "Press Enter"
				  : "Type 'next'");
	term_say(&s->term, "\n%s", term_on(&s->term, TERM_BOLD));
	term_para(&s->term, 0, text);
	term_say(&s->term, "%s", term_off(&s->term));
}

/* Solved up to a step: what was there before is put away. */
static int start_at(struct steps *g, const char *at, const char *dir,
		    struct err *e)
{
	struct putting p;
	int r = steps_start_at(g, at, dir, &p, e);

	version_tell(&p);
	if (p.number || p.where)
		term_say(&g->s->term, "\n");
	putting_release(&p);
	return r;
}

static int start(struct steps *g, const char *at, const char *dir,
		 struct strv *gone, struct err *e)
{
	struct session *s = g->s;
	int r = 0;

	if (at)
		r = start_at(g, at, dir, e);
	else if (find_gone(gone, g, dir, e) < 0)
		r = -1;
	else
		r = lesson_write_starter(&g->l, dir, STARTER_START, NULL, NULL,
					 NULL, e);
	if (r < 0 || session_start(s, g->c->slug, e) < 0 ||
	    lesson_refresh(s, &g->l, dir, true, NULL, e) < 0)
		return -1;
	tell_gone(s, gone);
	editors_tell(s, &g->l, dir);
	if (!g->begun) {
		show_start(s, g->c, &g->l, dir, r == 1);
		tell_first_step(s, &g->l);
		return 0;
	}
	/* Taken up again: the step it was left at is what matters. */
	term_say(&s->term, "%sLesson %s%s %s\n", term_on(&s->term, TERM_DIM),
		 g->c->id, term_off(&s->term), g->c->title);
	cmd_start_files(s, &g->l, dir);
	if (r == 1)
		tell_odd(s, &g->l, dir);
	term_say(&s->term, "\n");
	return steps_show(g, e);
}

static int start_lesson(struct session *s, const struct catalogue_entry *c,
			const char *at)
{
	struct err e = ERR_INIT;
	struct steps g;
	struct strv gone = STRV_INIT;
	char *dir;
	int r = -1;

	if (session_writable(s, &e) < 0 || steps_open(&g, s, c, &e) < 0)
		return cmd_fail(&e);
	dir = session_work_dir(s, c->slug);
	if (dir)
		r = start(&g, at, dir, &gone, &e);
	else
		err_set(&e, ERR_ENV, ENOMEM, "cannot start the lesson");
	free(dir);
	strv_release(&gone);
	steps_close(&g);
	return r < 0 ? cmd_fail(&e) : 0;
}

int cmd_start_lesson(struct session *s, const struct catalogue_entry *c)
{
	return start_lesson(s, c, NULL);
}

static int exec_start(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *c;
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	c = session_find_or_first(s, a->pos[0], &e);
	return c ? start_lesson(s, c, cmd_value(a, "at")) : cmd_fail(&e);
}

static const struct cmd_flag flags[] = {
	{"at", "STEP", "at step STEP, with those before it solved"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_start_entry = {
	.name = "start",
	.usage = "[LESSON]",
	.summary = "begin a lesson, or take it up again",
	.about = "LESSON is a number like 1.2 or a name like rust-calls-c, "
		 "or the beginning of one; without it, the lesson that you "
		 "are at. Files that are there already are left as they "
		 "are, and a lesson that was left goes on at the same step.\n\n"
		 "With --at, a number or a name of 'step --list', the steps "
		 "before that one are given as done, and what they ask to be "
		 "written is laid down solved. Files of yours that are "
		 "written over are kept first, as a version that 'history' "
		 "lists.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_start,
};
