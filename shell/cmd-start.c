/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd-start.h"
#include "checker/err.h"
#include "cmd.h"
#include "home.h"
#include "lesson.h"
#include "page.h"
#include "session.h"
#include "starter.h"
#include "text.h"
#include "track.h"
#include "tree.h"
#include "wrap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "  edit   a, b": what follows the label, wrapped beside it. */
static void name_place(const struct term *t, const char *label, const char *s)
{
	struct wrap w = {.width = t->width};
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
	else if (text_render(&out, &s->term, buf_str(&md), md.len) == 0)
		page_show(&s->term, buf_str(&out), out.len);
	buf_release(&md);
	buf_release(&out);
}

/* The part of the text to read first, if the lesson has one. */
static const char *first_section(const struct lesson *l)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (l->steps[i].section)
			return l->steps[i].section;
	return NULL;
}

static void show_next_step(struct session *s, const struct lesson *l)
{
	const char *section = first_section(l);
	const struct term *t = &s->term;
	struct buf b = BUF_INIT;

	term_say(t, "\n");
	if (section)
		buf_addf(&b, "Read on with 'show %s'. 'show' alone gives all "
			     "of the text, 'show --list' the names of its "
			     "sections. ", section);
	buf_adds(&b, "When you have edited, type 'check'.");
	term_para(t, 0, buf_str(&b));
	buf_release(&b);
}

/* Files that were there before stay; what is not there is named. */
static void tell_resumed(struct session *s, const struct lesson *l,
			 const char *dir)
{
	const struct term *t = &s->term;

	term_say(t, "\n");
	term_para(t, 0,
		  "Your files are there already and were left as they are. "
		  "'reset' puts them away and lays down the starter.");
	for (size_t i = 0; i < l->spec.edit.n; i++) {
		struct buf path = BUF_INIT;

		buf_addf(&path, "%s/%s", dir, l->spec.edit.v[i]);
		if (access(buf_str(&path), F_OK) < 0)
			term_say(t, "  %smissing%s: %s\n",
				 term_on(t, TERM_WARN), term_off(t),
				 l->spec.edit.v[i]);
		buf_release(&path);
	}
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

		buf_addf(&b, "It builds on %s %s, which you have not passed "
			     "yet.", need->id, need->title);
		term_say(&s->term, "\n");
		term_para(&s->term, 0, buf_str(&b));
		buf_release(&b);
	}
	track_map_release(&m);
}

static int start(struct session *s, const struct catalogue_entry *c,
		 const struct lesson *l, const char *dir, struct err *e)
{
	int r = lesson_write_starter(l, dir, STARTER_START, NULL, NULL, NULL,
				     e);

	if (r < 0 || session_start(s, c->slug, e) < 0)
		return -1;
	term_say(&s->term, "%sLesson %s%s, about %u minutes\n\n",
		 term_on(&s->term, TERM_DIM), c->id, term_off(&s->term),
		 l->minutes);
	show_opening(s, l);
	tell_needs(s, c);
	cmd_start_files(s, l, dir);
	if (r == 1)
		tell_resumed(s, l, dir);
	show_next_step(s, l);
	return 0;
}

int cmd_start_lesson(struct session *s, const struct catalogue_entry *c)
{
	struct err e = ERR_INIT;
	struct lesson l;
	char *dir;
	int r = -1;

	if (session_load(s, &l, c, &e) < 0)
		return cmd_fail(&e);
	dir = session_work_dir(s, c->slug);
	if (dir)
		r = start(s, c, &l, dir, &e);
	else
		err_set(&e, ERR_ENV, ENOMEM, "cannot start the lesson");
	free(dir);
	lesson_release(&l);
	return r < 0 ? cmd_fail(&e) : 0;
}

static int exec_start(struct session *s, const struct cmd_args *a)
{
	const struct catalogue_entry *c;
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	c = session_find_or_first(s, a->pos[0], &e);
	return c ? cmd_start_lesson(s, c) : cmd_fail(&e);
}

const struct cmd_entry cmd_start_entry = {
	.name = "start",
	.usage = "[LESSON]",
	.summary = "begin a lesson, or take it up again",
	.about = "LESSON is a number like 1.2 or a name like rust-calls-c, "
		 "or the beginning of one; without it, the lesson that you "
		 "are at. Files that are there already are left as they are.",
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_start,
};
