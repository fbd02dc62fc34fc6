/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "catalogue.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd-author.h"
#include "cmd.h"
#include "lesson.h"
#include "lint.h"
#include "live.h"
#include "session.h"

#include <signal.h>
#include <string.h>

struct linting {
	struct session *s;
	bool build;
	int cancel_fd;
	struct live *live;
	size_t errors, warnings;
};

/* "lessons/1-the-boundary/02-rust-calls-c": as people know the folder. */
static const char *name_of(const struct catalogue_entry *c)
{
	const char *p = c->dir, *from = c->dir;

	while ((p = strstr(p, "/lessons/")))
		from = ++p;
	return from;
}

static void say(const struct linting *t, const struct catalogue_entry *c,
		const struct lint_finding *f)
{
	const struct term *term = &t->s->term;
	bool error = f->level == LINT_ERROR;
	struct buf b = BUF_INIT;

	term_say(term, "%s/%s", name_of(c), f->file);
	if (f->line)
		term_say(term, ":%u", f->line);
	term_say(term, "\n");
	buf_addf(&b, "%s%s%s: %s", term_on(term, error ? TERM_BAD : TERM_WARN),
		 error ? "error" : "warning", term_off(term), f->what);
	term_para(term, 4, buf_str(&b));
	buf_release(&b);
}

/* What cannot be loaded has one error, with a place of its own. */
static void say_broken(struct linting *t, const struct err *e)
{
	const struct term *term = &t->s->term;
	struct buf b = BUF_INIT;

	term_say(term, "%s\n", e->where);
	buf_addf(&b, "%serror%s: %s", term_on(term, TERM_BAD), term_off(term),
		 e->what);
	term_para(term, 4, buf_str(&b));
	buf_release(&b);
	t->errors++;
}

static void on_detail(void *arg, const char *what)
{
	struct linting *t = arg;

	if (t->live)
		live_detail(t->live, what);
}

static int look(struct linting *t, const struct catalogue_entry *c,
		const struct lesson *l, struct err *e)
{
	struct lint lint = {
		.store = &t->s->store,
		.lessons = &t->s->lessons,
		.entry = c,
		.l = l,
		.cancel_fd = t->cancel_fd,
		.detail = on_detail,
		.arg = t,
	};
	int ret;

	live_begin(t->live, c->id);
	ret = lint_all(&lint, t->build, e);
	live_end(t->live, TIER_NOT_RUN, 0);
	for (size_t i = 0; ret == 0 && i < lint.n; i++)
		say(t, c, &lint.v[i]);
	t->errors += lint_count(&lint, LINT_ERROR);
	t->warnings += lint_count(&lint, LINT_WARNING);
	lint_release(&lint);
	return ret;
}

static int look_at(struct linting *t, const struct catalogue_entry *c,
		   struct err *e)
{
	struct err why = ERR_INIT;
	struct lesson l;
	int ret;

	if (session_load(t->s, &l, c, &why) < 0) {
		if (why.code != ERR_LESSON) {
			*e = why;
			return -1;
		}
		say_broken(t, &why);
		return 0;
	}
	ret = look(t, c, &l, e);
	lesson_release(&l);
	return ret;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void say_end(const struct linting *t, size_t lessons)
{
	const struct term *term = &t->s->term;

	if (t->errors || t->warnings)
		term_say(term,
			 "\n%zu error%s, %zu warning%s in %zu "
			 "lesson%s.\n",
			 t->errors, plural(t->errors), t->warnings,
			 plural(t->warnings), lessons, plural(lessons));
	else
		term_say(term, "Nothing to mend in %zu lesson%s.\n", lessons,
			 plural(lessons));
}

static int look_at_all(struct linting *t, const struct author_choice *c,
		       struct err *e)
{
	int sig, ret = 0;

	t->cancel_fd = cancel_begin(e);
	if (t->cancel_fd < 0)
		return -1;
	t->live = live_new(&t->s->term);
	if (!t->live)
		ret = err_set(e, ERR_ENV, 0, "out of memory");
	for (size_t i = 0; ret == 0 && i < c->n; i++)
		ret = look_at(t, c->v[i], e);
	live_free(t->live);
	sig = cancel_end();
	if (sig == SIGTERM || sig == SIGHUP)
		t->s->leave = true;
	/* Between two builds nobody asks. */
	if (sig && ret == 0)
		ret = err_set(e, ERR_CANCELLED, 0, "interrupted");
	return ret;
}

static int exec_lint(struct session *s, const struct cmd_args *a)
{
	struct linting t = {.s = s, .build = !cmd_has(a, "no-build")};
	struct author_choice c = {.v = NULL};
	struct err e = ERR_INIT;
	int ret = author_choose(&c, s, a, cmd_has(a, "all"), &e);

	if (ret == 0)
		ret = look_at_all(&t, &c, &e);
	if (ret == 0)
		say_end(&t, c.n);
	author_choice_release(&c);
	if (ret < 0)
		return cmd_fail(&e);
	return t.errors ? 3 : 0;
}

static const struct cmd_flag flags[] = {
	{"all", NULL, "every lesson there is"},
	{"no-build", NULL, "only what can be seen without building"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_author_lint_entry = {
	.name = "author lint",
	.usage = "[LESSON...]",
	.summary = "find what is wrong with lessons, without a guest",
	.about = "Its number and what it needs; files that nothing uses; "
		 "sections, links and paths of the text; hints that are "
		 "missing; and, by building them, the solution (the kernel's "
		 "warnings and clippy lints, rustfmt, checkpatch), the codes "
		 "that compilers give to the wrong answers, and the listings "
		 "of the text.\n\n"
		 "Each finding has its file and line. The exit code is 3 when "
		 "there is an error, and 0 with warnings alone.",
	.flags = flags,
	.max_args = CMD_MAX_ARGS,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_lint,
};
