/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "fileset.h"
#include "page.h"
#include "session.h"
#include "suggest.h"
#include "text-code.h"
#include "version-list.h"
#include "when.h"
#include "work.h"
#include "wrap.h"

#include <string.h>

enum { NEWEST = 20 }; /* so many without --all */

static void add_title(struct buf *out, const struct work *w)
{
	const struct term *t = &w->s->term;

	buf_adds(out, term_on(t, TERM_BOLD));
	if (w->c)
		buf_addf(out, "%s %s", w->c->id, w->c->title);
	else
		buf_addf(out, "%s, a lesson that is not here any more",
			 w->slug);
	buf_addf(out, "%s\n\n", term_off(t));
}

static int list(struct work *w, bool all)
{
	struct wrap wrap = {.width = term_prose(&w->s->term)};
	struct buf out = BUF_INIT;

	term_resize(&w->s->term);
	add_title(&out, w);
	if (w->n == 0)
		wrap_text(&out, &wrap,
			  "Nothing yet: 'check' keeps the first version.");
	version_list(&out, w, all ? 0 : NEWEST);
	if (w->n > 0) {
		buf_addc(&out, '\n');
		wrap_text(&out, &wrap,
			  "'diff N' compares with version N, 'history show N' "
			  "shows it, 'restore N' brings it back.");
	}
	page_show(&w->s->term, buf_str(&out), out.len);
	buf_release(&out);
	return 0;
}

/* ---- one version ---- */

static void add_facts(struct buf *out, const struct work *w,
		      const struct progress_version *v)
{
	int64_t shown = version_solution_at(w);
	struct wrap wrap = {.width = term_prose(&w->s->term)};
	time_t now = time(NULL);
	struct buf b = BUF_INIT;

	buf_addf(&b, "Version %u, kept by '%s' ", v->number, v->reason);
	when_add_long(&b, v->at, now);
	buf_addc(&b, '\n');
	if (v->checks) {
		buf_adds(&b, "Checked ");
		if (v->checks > 1)
			buf_addf(&b, "%u times, last ", v->checks);
		when_add_long(&b, v->checked_at, now);
		buf_adds(&b, ": ");
	}
	version_result(&b, w, v);
	if (v->checks && shown && v->checked_at > shown)
		buf_adds(&b, "; the solution had been shown");
	wrap_text(out, &wrap, buf_str(&b));
	buf_release(&b);
}

static void add_file(struct buf *out, const struct term *t,
		     const struct fileset_file *f, bool head)
{
	if (head)
		buf_addf(out, "\n%s--- %s%s\n", term_on(t, TERM_BOLD), f->name,
			 term_off(t));
	code_text(out, t, code_lang_by_file(f->name), buf_str(&f->text),
		  f->text.len);
}

static int no_file(const struct fileset *f, const char *name, struct err *e)
{
	const char *meant = fileset_guess(f, name);
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < f->n; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", f->v[i].name);
	err_set(e, ERR_USAGE, 0, "this version has no file '%.60s'", name);
	if (meant)
		err_next(e, "did you mean '%s'?", meant);
	else
		err_next(e, "it has %s", buf_str(&b));
	buf_release(&b);
	return -1;
}

static int show_files(const struct work *w, const struct progress_version *v,
		      const struct fileset *f, const char *name, struct err *e)
{
	const struct fileset_file *one = name ? fileset_find(f, name) : NULL;
	struct term *t = &w->s->term;
	struct buf out = BUF_INIT;

	if (name && !one)
		return no_file(f, name, e);
	/* One file alone is as it is, so that it can be piped. */
	if (!one)
		add_facts(&out, w, v);
	for (size_t i = 0; !one && i < f->n; i++)
		add_file(&out, t, &f->v[i], true);
	if (one)
		add_file(&out, t, one, false);
	page_show(t, buf_str(&out), out.len);
	buf_release(&out);
	return 0;
}

static int show(struct work *w, const char *number, const char *name,
		struct err *e)
{
	const struct progress_version *v = work_version(w, number, e);
	struct fileset f = FILESET_INIT;
	int r;

	if (!v)
		return -1;
	r = work_load(w, v, &f, e);
	if (r == 0)
		r = show_files(w, v, &f, name, e);
	fileset_release(&f);
	return r;
}

/* "show [LESSON] N [FILE]", from where the lesson may stand. */
static int exec_show(struct session *s, const char *const *pos, struct err *e)
{
	const char *lesson = work_is_number(pos[0]) ? NULL : pos[0];
	const char *const *at = lesson ? pos + 1 : pos;
	struct work w;
	int r;

	if (!at[0]) {
		err_set(e, ERR_USAGE, 0, "which version?");
		return err_next(e, "usage: history show [LESSON] N [FILE]");
	}
	r = work_open(&w, s, lesson, e);
	if (r == 0)
		r = show(&w, at[0], at[1], e);
	work_release(&w);
	return r;
}

static const char *const words[] = {"show", NULL};

static int exec_history(struct session *s, const struct cmd_args *a)
{
	bool slip = a->npos > 0 && suggest(a->pos[0], words);
	struct err e = ERR_INIT;
	struct work w;
	int r;

	if (a->npos > 0 && strcmp(a->pos[0], "show") == 0)
		return exec_show(s, a->pos + 1, &e) < 0 ? cmd_fail(&e) : 0;
	if (a->npos > 1) {
		err_set(&e, ERR_USAGE, 0, "too many words after 'history'");
		err_next(&e, slip ? "did you mean 'history show'?"
				  : "usage: history [LESSON], or history show "
				    "[LESSON] N [FILE]");
		return cmd_fail(&e);
	}
	r = work_open(&w, s, a->pos[0], &e);
	if (r < 0 && slip && e.code == ERR_USAGE)
		err_next(&e, "did you mean 'history show'?");
	if (r == 0)
		r = list(&w, cmd_has(a, "all"));
	work_release(&w);
	return r < 0 ? cmd_fail(&e) : 0;
}

static const struct cmd_flag flags[] = {
	{"all", NULL, "also the old ones"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_history_entry = {
	.name = "history",
	.usage = "[LESSON] | show [LESSON] N [FILE]",
	.summary = "every version of your work that was checked or put away",
	.about = "Newest first: its number, when, which command kept it, what "
		 "the check said and how long it took, the hints you had "
		 "taken, and the lines added and removed since the one "
		 "before.\n\n"
		 "'history show N' shows the files of version N, and with "
		 "FILE that file alone.",
	.flags = flags,
	.words = words,
	.max_args = 4,
	.takes = CMD_TAKES_VERSION,
	.exec = exec_history,
};
