/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "difference.h"
#include "fileset.h"
#include "page.h"
#include "put-back.h"
#include "session.h"
#include "text-code.h"
#include "version.h"
#include "work.h"
#include "wrap.h"

#include <stdlib.h>
#include <string.h>

/* ---- whether it is open ---- */

static int not_yet(const struct work *w, const struct progress_lesson *p,
		   struct err *e)
{
	unsigned left = w->l.solution_after - p->attempts;

	err_set(e, ERR_USAGE, 0,
		"the solution of lesson %s opens after a pass, or after %u "
		"more check%s",
		w->c->id, left, left == 1 ? "" : "s");
	if (p->attempts)
		return err_next(e, "'hint' gives help for what failed last, "
				   "as often as you like");
	return err_next(e, "'check' tries what you have, then 'hint' helps "
			   "with what failed");
}

/* Whether each file of it is the learner's already. */
static bool is_theirs(const struct work *w, const struct fileset *f)
{
	struct fileset now = FILESET_INIT;
	bool same = work_now(w, &now, f, NULL) == 0;

	for (size_t i = 0; same && i < f->n; i++) {
		const struct fileset_file *n = fileset_find(&now, f->v[i].name);

		same = n && n->text.len == f->v[i].text.len &&
		       memcmp(buf_str(&n->text), buf_str(&f->v[i].text),
			      n->text.len) == 0;
	}
	fileset_release(&now);
	return same;
}

/*
 * Open, and on record as shown; that first, or it may never be. Who has
 * written it is shown nothing new: that is no record against the next checks.
 */
static int open_it(const struct work *w, struct fileset *f, struct err *e)
{
	struct progress *db = w->s->progress;
	struct progress_lesson p;
	int r = progress_lesson(db, w->slug, &p, e);

	if (r < 0)
		return -1;
	if (p.state != PROGRESS_PASSED && p.attempts < w->l.solution_after)
		r = not_yet(w, &p, e);
	else
		r = work_lesson(w, f, STARTER_SOLUTION, e);
	if (r == 0 && !p.solution_at && !is_theirs(w, f))
		r = progress_solution(db, w->slug, e);
	progress_lesson_release(&p);
	return r;
}

/* ---- how it is shown ---- */

static void show_whole(const struct work *w, const struct fileset *f)
{
	struct term *t = &w->s->term;
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < f->n; i++) {
		buf_addf(&out, "%s%s--- %s%s\n", i ? "\n" : "",
			 term_on(t, TERM_BOLD), f->v[i].name, term_off(t));
		code_text(&out, t, code_lang_by_file(f->v[i].name),
			  buf_str(&f->v[i].text), f->v[i].text.len);
	}
	page_show(t, buf_str(&out), out.len);
	buf_release(&out);
}

/* What the signs mean, and what more there is. */
static void add_words(struct buf *out, const struct term *t)
{
	struct wrap w = {.width = term_prose(t)};

	if (out->len) {
		buf_addc(out, '\n');
		wrap_text(out, &w,
			  "Lines with '-' are yours, those with '+' the "
			  "solution's. 'solution --whole' shows the files, "
			  "'solution --apply' puts them in place.");
	} else {
		wrap_text(out, &w,
			  "Your files are the solution, line by line.");
	}
}

static int show_diff(const struct work *w, const struct fileset *f,
		     struct err *e)
{
	struct term *t = &w->s->term;
	struct fileset now = FILESET_INIT;
	struct buf out = BUF_INIT;
	struct difference d;
	int r = work_now(w, &now, f, e);

	if (r == 0)
		r = difference_make(&d, &now, "yours", f, "solution", NULL, e);
	if (r == 0) {
		difference_add(&out, t, &d);
		add_words(&out, t);
		page_show(t, buf_str(&out), out.len);
		difference_release(&d);
	}
	fileset_release(&now);
	buf_release(&out);
	return r;
}

static int apply(struct work *w, const struct fileset *f, struct err *e)
{
	struct putting p = {
		.s = w->s,
		.slug = w->slug,
		.reason = "solution",
		.edit = &w->l.spec.edit,
	};
	int r = put_back(w->dir, f, version_put_away, &p, e);

	version_tell(&p);
	if (r == 1)
		term_say(&w->s->term, "Nothing was changed: your files are "
				      "the solution.\n");
	else if (r == 0)
		term_tell(&w->s->term, "The solution is in place; 'check' "
				       "checks it.");
	putting_release(&p);
	return r;
}

static int show(struct work *w, const struct cmd_args *a, struct err *e)
{
	struct fileset f = FILESET_INIT;
	int r;

	if (!w->loaded) {
		*e = w->broken;
		return -1;
	}
	if (cmd_has(a, "apply") && session_writable(w->s, e) < 0)
		return -1;
	r = open_it(w, &f, e);
	if (r == 0 && cmd_has(a, "apply"))
		r = apply(w, &f, e);
	else if (r == 0 && cmd_has(a, "whole"))
		show_whole(w, &f);
	else if (r == 0)
		r = show_diff(w, &f, e);
	fileset_release(&f);
	return r;
}

static int exec_solution(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	struct work w;
	int r = work_open(&w, s, a->pos[0], &e);

	if (r == 0)
		r = show(&w, a, &e);
	work_release(&w);
	return r < 0 ? cmd_fail(&e) : 0;
}

static const struct cmd_flag flags[] = {
	{"whole", NULL, "the files as they are, not the difference"},
	{"apply", NULL, "put it in place; your files are kept first"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_solution_entry = {
	.name = "solution",
	.usage = "[LESSON]",
	.summary = "what the author wrote, against your work",
	.about = "It opens once you have passed, or after as many checks as "
		 "the lesson says. That you saw it is recorded, unless your "
		 "files were the same: 'history' marks the checks that came "
		 "after.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_solution,
};
