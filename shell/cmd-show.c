/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "lesson.h"
#include "odd.h"
#include "page.h"
#include "progress.h"
#include "session.h"
#include "step-text.h"
#include "suggest.h"
#include "text.h"
#include "text-code.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_NAME = 24 }; /* columns of a section's name */

/* Text under way: a lesson, some of its sections. */
struct showing {
	struct session *s;
	const struct catalogue_entry *c;
	struct lesson l;
	struct buf out;
	bool passed;
	struct strv done; /* steps */
};

/* Questions whose answers need no longer wait; all of them after a pass. */
static void find_told(struct showing *w)
{
	struct progress *p = w->s->progress;
	struct progress_lesson pl;

	if (progress_lesson(p, w->c->slug, &pl, NULL) == 0)
		w->passed = pl.state == PROGRESS_PASSED;
	progress_lesson_release(&pl);
	progress_steps_done(p, w->c->slug, &w->done, NULL);
}

/*
 * The section, then the steps that belong to it: a step without a section of
 * its own stands with the one before it.
 */
static int add_section(struct showing *w, const char *name, struct err *e)
{
	const struct lesson *l = &w->l;
	struct buf md = BUF_INIT;
	const char *at = "";
	int r = lesson_section(l, name, &md, e);

	tree_put_work(&md, &w->s->store);
	if (r == 0 &&
	    text_render(&w->out, &w->s->term, buf_str(&md), md.len) < 0)
		r = err_set(e, ERR_ENV, ENOMEM, "cannot show the text");
	buf_release(&md);
	for (size_t i = 0; i < l->nsteps && r == 0; i++) {
		if (l->steps[i].section)
			at = l->steps[i].section;
		if (strcmp(at, name) == 0)
			step_text(&w->out, &w->s->term, &l->steps[i],
				  w->passed ||
					  strv_has(&w->done, l->steps[i].name),
				  true);
	}
	return r;
}

/* The sections in the order of the steps, each once. */
static int list_names(struct strv *names, const struct lesson *l, struct err *e)
{
	for (size_t i = 0; i < l->nsteps; i++) {
		const char *name = l->steps[i].section;

		if (name && !strv_has(names, name) && strv_add(names, name) < 0)
			return err_set(e, ERR_ENV, ENOMEM,
				       "cannot show the text");
	}
	return 0;
}

/* The opening, and then each section. */
static int show_whole(struct showing *w, const struct strv *names,
		      struct err *e)
{
	int r = add_section(w, "", e);

	for (size_t i = 0; i < names->n && r == 0; i++) {
		buf_adds(&w->out, "\n");
		r = add_section(w, names->v[i], e);
	}
	return r;
}

/* How to name a part of this lesson: with its number, unless one is at it. */
static void add_part(struct showing *w, const char *name)
{
	bool here = w->s->current && strcmp(w->s->current, w->c->slug) == 0;

	buf_addf(&w->out, "show %s%s%s", here ? "" : w->c->id, here ? "" : " ",
		 name);
}

static int show_section(struct showing *w, const struct strv *names,
			const char *name, struct err *e)
{
	size_t i = 0;

	if (add_section(w, name, e) < 0)
		return -1;
	while (i < names->n && strcmp(names->v[i], name) != 0)
		i++;
	if (i + 1 < names->n) {
		buf_adds(&w->out, "\nNext: ");
		add_part(w, names->v[i + 1]);
		buf_adds(&w->out, "\n");
	} else if (i + 1 == names->n) {
		buf_adds(&w->out, "\nThat was the last section. When you have "
				  "edited, type 'check'.\n");
	}
	return 0;
}

/* The text of the section's heading. */
static void add_heading(struct showing *w, const char *name)
{
	struct buf md = BUF_INIT;
	const char *s;

	if (lesson_section(&w->l, name, &md, NULL) == 0) {
		s = buf_str(&md) + strspn(buf_str(&md), "# ");
		text_line(&w->out, &w->s->term, LIST_NAME + 4, s,
			  strcspn(s, "\n"));
	}
	buf_release(&md);
}

static void list_sections(struct showing *w, const struct strv *names)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_addf(&w->out, "  %-*s  ", LIST_NAME, names->v[i]);
		add_heading(w, names->v[i]);
		buf_adds(&w->out, "\n");
	}
	buf_adds(&w->out, "\n'");
	add_part(w, names->n ? names->v[0] : "");
	buf_adds(&w->out, "' shows the first of them.\n");
}

/* The learner's file, or, before there is one, what is given. */
static int find_file(struct session *s, const struct lesson *l,
		     const char *name, struct buf *path, struct err *e)
{
	char *dir = session_work_dir(s, l->spec.slug);

	if (!dir)
		return err_set(e, ERR_ENV, ENOMEM, "cannot show the file");
	buf_addf(path, "%s/%s", dir, name);
	if (odd_file(dir, name, e) < 0) {
		free(dir);
		return -1;
	}
	free(dir);
	if (access(buf_str(path), F_OK) == 0)
		return 0;
	if (strv_has(&l->spec.given, name)) {
		buf_clear(path);
		buf_addf(path, "%s/solution/%s", l->spec.dir, name);
		return 0;
	}
	err_set(e, ERR_USAGE, 0, "there is no %s yet", name);
	return err_next(e, "'start %s' makes it", l->spec.id);
}

static int add_file(struct showing *w, const char *path, struct err *e)
{
	const struct code_lang *lang = code_lang_by_file(path);
	struct buf text = BUF_INIT;
	int r = buf_read_file(&text, path, 16 << 20, e);

	if (r == 0)
		code_text(&w->out, &w->s->term, lang, buf_str(&text), text.len);
	buf_release(&text);
	return r;
}

static int show_file(struct showing *w, const char *name, struct err *e)
{
	struct buf path = BUF_INIT;
	int r = find_file(w->s, &w->l, name, &path, e);

	if (r == 0)
		r = add_file(w, buf_str(&path), e);
	buf_release(&path);
	return r;
}

static bool has_section(const struct lesson *l, const char *name)
{
	struct buf b = BUF_INIT;
	bool has = *name && lesson_section(l, name, &b, NULL) == 0;

	buf_release(&b);
	return has;
}

/* All of them, in the order of the steps, then the files. */
static void add_parts(struct buf *b, const struct strv *const *lists)
{
	for (; *lists; lists++)
		for (size_t i = 0; i < (*lists)->n; i++)
			buf_addf(b, "%s%s", b->len ? ", " : "", (*lists)->v[i]);
}

/* @alone: the word might have been meant for a lesson. */
static int no_such_part(const struct showing *w, const char *name, bool alone,
			struct err *e)
{
	const struct spec *spec = &w->l.spec;
	struct strv names = STRV_INIT, slugs = STRV_INIT;
	const struct strv *const lists[] = {&names, &spec->edit, &spec->given,
					    NULL};
	const struct strv *const others[] = {&slugs, NULL};
	struct buf b = BUF_INIT;
	const char *meant;

	list_names(&names, &w->l, NULL);
	for (size_t i = 0; alone && i < w->s->lessons.n; i++)
		strv_add(&slugs, w->s->lessons.v[i].slug);
	meant = suggest_of(name, lists);
	if (!meant)
		meant = suggest_of(name, others);
	err_set(e, ERR_USAGE, 0, "lesson %s has no part called '%.60s'",
		spec->id, name);
	add_parts(&b, lists);
	if (meant)
		err_next(e, "did you mean '%s'?", meant);
	else
		err_next(e,
			 "it has %s, and the files of the kernel's source, "
			 "as in 'show rust/kernel/lib.rs'",
			 buf_str(&b));
	buf_release(&b);
	strv_release(&names);
	strv_release(&slugs);
	return -1;
}

static bool is_part(const struct lesson *l, const char *name)
{
	return strv_has(&l->spec.edit, name) ||
	       strv_has(&l->spec.given, name) || has_section(l, name);
}

static int show_text(struct showing *w, const char *name, bool list,
		     struct err *e)
{
	struct strv names = STRV_INIT;
	int r = list_names(&names, &w->l, e);

	if (r == 0 && list)
		list_sections(w, &names);
	else if (r == 0 && name)
		r = show_section(w, &names, name, e);
	else if (r == 0)
		r = show_whole(w, &names, e);
	strv_release(&names);
	return r;
}

static int show_part(struct showing *w, const char *name, bool list, bool alone,
		     struct err *e)
{
	const struct lesson *l = &w->l;
	struct buf path = BUF_INIT;
	int r;

	if (!name || list)
		return show_text(w, NULL, list, e);
	if (strv_has(&l->spec.edit, name) || strv_has(&l->spec.given, name))
		return show_file(w, name, e);
	if (has_section(l, name))
		return show_text(w, name, false, e);
	if (tree_find(&path, &w->s->store, name))
		r = add_file(w, buf_str(&path), e);
	else
		r = no_such_part(w, name, alone, e);
	buf_release(&path);
	return r;
}

static int show(struct session *s, const char *lesson, const char *part,
		bool list, struct err *e)
{
	struct showing w = {.s = s};
	int r;

	w.c = session_find_or_first(s, lesson, e);
	if (!w.c || session_load(s, &w.l, w.c, e) < 0)
		return -1;
	find_told(&w);
	r = show_part(&w, part, list, !lesson, e);
	if (r == 0)
		page_show(&s->term, buf_str(&w.out), w.out.len);
	buf_release(&w.out);
	strv_release(&w.done);
	lesson_release(&w.l);
	return r;
}

/* Whether one word is a part of the lesson at work, or another lesson. */
static bool is_part_here(struct session *s, const char *word)
{
	const struct catalogue_entry *c = session_find_or_first(s, NULL, NULL);
	struct lesson l;
	bool is;

	if (!c || session_load(s, &l, c, NULL) < 0)
		return false;
	is = is_part(&l, word) || !catalogue_find(&s->lessons, word, NULL);
	lesson_release(&l);
	return is;
}

static int exec_show(struct session *s, const struct cmd_args *a)
{
	const char *lesson = a->pos[0];
	const char *part = a->pos[1];
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	if (a->npos == 1 && is_part_here(s, lesson)) {
		part = lesson;
		lesson = NULL;
	}
	if (show(s, lesson, part, cmd_has(a, "list"), &e) < 0)
		return cmd_fail(&e);
	return 0;
}

static const struct cmd_flag flags[] = {
	{"list", NULL, "only the names of the sections"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_show_entry = {
	.name = "show",
	.usage = "[LESSON] [SECTION | FILE]",
	.summary = "show the text of a lesson, a section of it, or a file",
	.about = "'show' alone gives all the text of the lesson that you are "
		 "at, 'show --list' the names of its sections. FILE is one "
		 "of the lesson's, or of the kernel's source: 'show "
		 "rust/kernel/uaccess.rs'.",
	.flags = flags,
	.max_args = 2,
	.takes = CMD_TAKES_TEXT,
	.exec = exec_show,
};
