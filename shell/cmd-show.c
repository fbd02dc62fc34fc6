/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "lesson.h"
#include "page.h"
#include "session.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int show_markdown(struct session *s, const struct buf *md, struct err *e)
{
	struct buf out = BUF_INIT;
	int r = text_render(&out, &s->term, buf_str(md), md->len);

	if (r == 0)
		page_show(&s->term, buf_str(&out), out.len);
	else
		err_set(e, ERR_ENV, ENOMEM, "cannot show the text");
	buf_release(&out);
	return r;
}

/* The opening, and then each section in the order of the steps. */
static int show_whole(struct session *s, const struct lesson *l, struct err *e)
{
	struct strv seen = STRV_INIT;
	struct buf md = BUF_INIT;
	int r = lesson_section(l, "", &md, e);

	for (size_t i = 0; i < l->nsteps && r == 0; i++) {
		const char *name = l->steps[i].section;

		if (!name || strv_has(&seen, name))
			continue;
		buf_adds(&md, "\n\n");
		r = lesson_section(l, name, &md, e);
		strv_add(&seen, name);
	}
	if (r == 0)
		r = show_markdown(s, &md, e);
	buf_release(&md);
	strv_release(&seen);
	return r;
}

static int show_section(struct session *s, const struct lesson *l,
			const char *name, struct err *e)
{
	struct buf md = BUF_INIT;
	int r = lesson_section(l, name, &md, e);

	if (r == 0)
		r = show_markdown(s, &md, e);
	buf_release(&md);
	return r;
}

/* The learner's file, or, before there is one, what is given. */
static int find_file(struct session *s, const struct lesson *l,
		     const char *name, struct buf *path, struct err *e)
{
	char *dir = session_work_dir(s, l->spec.slug);

	if (!dir)
		return err_set(e, ERR_ENV, ENOMEM, "cannot show the file");
	buf_addf(path, "%s/%s", dir, name);
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

static int show_file(struct session *s, const struct lesson *l,
		     const char *name, struct err *e)
{
	struct buf path = BUF_INIT;
	struct buf text = BUF_INIT;
	struct buf out = BUF_INIT;
	int r = find_file(s, l, name, &path, e);

	if (r == 0)
		r = buf_read_file(&text, buf_str(&path), 16 << 20, e);
	if (r == 0) {
		text_verbatim(&out, buf_str(&text), text.len, 0);
		page_show(&s->term, buf_str(&out), out.len);
	}
	buf_release(&path);
	buf_release(&text);
	buf_release(&out);
	return r;
}

static bool has_section(const struct lesson *l, const char *name)
{
	struct buf b = BUF_INIT;
	bool has = *name && lesson_section(l, name, &b, NULL) == 0;

	buf_release(&b);
	return has;
}

static int no_such_part(const struct lesson *l, const char *name, struct err *e)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < l->nsteps; i++)
		if (l->steps[i].section)
			buf_addf(&b, " %s", l->steps[i].section);
	for (size_t i = 0; i < l->spec.edit.n; i++)
		buf_addf(&b, " %s", l->spec.edit.v[i]);
	for (size_t i = 0; i < l->spec.given.n; i++)
		buf_addf(&b, " %s", l->spec.given.v[i]);
	err_set(e, ERR_USAGE, 0, "lesson %s has no part called '%.60s'",
		l->spec.id, name);
	err_next(e, "it has:%s", buf_str(&b));
	buf_release(&b);
	return -1;
}

static bool is_part(const struct lesson *l, const char *name)
{
	return strv_has(&l->spec.edit, name) ||
	       strv_has(&l->spec.given, name) || has_section(l, name);
}

static int show_part(struct session *s, const struct lesson *l,
		     const char *name, struct err *e)
{
	if (!name)
		return show_whole(s, l, e);
	if (strv_has(&l->spec.edit, name) || strv_has(&l->spec.given, name))
		return show_file(s, l, name, e);
	if (has_section(l, name))
		return show_section(s, l, name, e);
	return no_such_part(l, name, e);
}

static int show(struct session *s, const char *lesson, const char *part,
		struct err *e)
{
	const struct catalogue_entry *c = session_find_or_first(s, lesson, e);
	struct lesson l;
	int r;

	if (!c || session_load(s, &l, c, e) < 0)
		return -1;
	r = show_part(s, &l, part, e);
	lesson_release(&l);
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
	return show(s, lesson, part, &e) < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_show_entry = {
	.name = "show",
	.usage = "[LESSON] [SECTION | FILE]",
	.summary = "show the text of a lesson, a section of it, or a file",
	.about = "Without arguments: all of the text of the lesson that you "
		 "are at.",
	.max_args = 2,
	.takes = CMD_TAKES_TEXT,
	.exec = exec_show,
};
