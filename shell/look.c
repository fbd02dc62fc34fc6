/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "look.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "keep.h"
#include "live.h"
#include "report.h"
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool look_is_lesson(const struct session *s, const char *name)
{
	for (size_t i = 0; s->is_open && i < s->lessons.n; i++)
		if (strcmp(s->lessons.v[i].id, name) == 0 ||
		    strcmp(s->lessons.v[i].slug, name) == 0)
			return true;
	return false;
}

static int given_dir(struct look *k, const char *name, struct err *e)
{
	struct stat st;

	k->dir = realpath(name, NULL);
	if (k->dir && stat(k->dir, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	err_set(e, ERR_USAGE, k->dir ? ENOTDIR : errno,
		"cannot look at that folder");
	return err_where(e, "%s", name);
}

static int own_dir(struct look *k, struct err *e)
{
	k->dir = session_work_dir(k->s, k->c->slug);
	if (!k->dir)
		return err_set(e, ERR_ENV, ENOMEM, "cannot look");
	if (keep_any_there(k->dir, &k->l.spec.edit))
		return 0;
	err_set(e, ERR_USAGE, 0, "there is nothing of lesson %s to look at yet",
		k->c->id);
	err_where(e, "%s", k->dir);
	return err_next(e, "'start %s' lays its files down there", k->c->id);
}

int look_open(struct look *k, struct session *s, const char *lesson,
	      const char *dir, struct err *e)
{
	*k = (struct look){.s = s, .built = {.run = RUN_DIR_INIT}};
	if (session_open(s, e) < 0)
		return -1;
	k->c = session_find(s, lesson, e);
	if (!k->c || session_load(s, &k->l, k->c, e) < 0)
		return -1;
	k->loaded = true;
	return dir ? given_dir(k, dir, e) : own_dir(k, e);
}

void look_close(struct look *k)
{
	built_release(&k->built);
	if (k->loaded)
		lesson_release(&k->l);
	free(k->dir);
	*k = (struct look){.built = {.run = RUN_DIR_INIT}};
}

static void on_detail(void *arg, const char *what)
{
	if (arg)
		live_detail(arg, what);
}

static int run(struct look *k, const struct look_build *b, struct err *e)
{
	const struct term *t = &k->s->term;
	/* What is shown may be for a program: progress is for a terminal. */
	struct live *live = t->tty ? live_new(t) : NULL;
	struct built_opts o = {
		.store = &k->s->store,
		.spec = &k->l.spec,
		.dir = k->dir,
		.target = b->target,
		.vars = b->vars,
		.script = b->script,
		.arg = live,
		.detail = on_detail,
	};
	int sig, r = -1;

	o.cancel_fd = cancel_begin(e);
	if (o.cancel_fd >= 0) {
		if (live)
			live_begin(live, b->name);
		r = built_make(&k->built, &o, e);
		if (live)
			live_end(live, TIER_NOT_RUN, 0);
		sig = cancel_end();
		/* Asked to leave, not only to stop this. */
		if (sig == SIGTERM || sig == SIGHUP)
			k->s->leave = true;
	}
	live_free(live);
	return r;
}

void look_show_failure(struct look *k)
{
	struct kbuild_result *r = &k->built.build;
	struct verdict v = {
		.outcome = OUTCOME_BUILD_FAILED,
		.diags = r->diags,
		.ndiags = r->ndiags,
		.build_output =
			r->output.len ? (char *)buf_str(&r->output) : NULL,
	};
	const struct term *t = &k->s->term;

	if (k->built.refusal)
		term_para(t, 0, k->built.refusal);
	else if (r->out_of_bounds)
		term_para(t, 0,
			  "The build took too long or printed too much, and "
			  "was ended.");
	else
		report_diags(t, &v, k->dir);
	term_para(t, 0,
		  k->built.refusal || r->out_of_bounds
			  ? "So there is nothing to look at yet."
			  : "\nIt does not build, so there is nothing "
			    "to look at yet. 'check' says more.");
}

int look_build(struct look *k, const struct look_build *b, struct err *e)
{
	if (run(k, b, e) < 0)
		return -1;
	if (k->built.build.built)
		return 0;
	look_show_failure(k);
	return 1;
}
