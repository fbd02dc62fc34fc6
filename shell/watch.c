/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watch.h"
#include "catalogue.h"
#include "checker/err.h"
#include "checking.h"
#include "filewatch.h"
#include "runner.h"
#include "session.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

struct watch {
	struct session *s;
	const struct watch_events *ev;
	char *id;
	bool poll;
	bool wanted; /* a check is to begin as soon as it can */
	bool asked; /* by a key, not by a save */
	struct strv saved; /* the files for which it is wanted */
	struct strv edit, given; /* those that are watched */
	struct filewatch *files;
	struct runner *runner; /* NULL: none runs */
	struct checking *now; /* what it runs */
	struct checking *last;
};

/* ---- the checks ---- */

static void drop(struct checking **c)
{
	if (*c)
		checking_release(*c);
	free(*c);
	*c = NULL;
}

static struct checking *open_check(struct watch *w, const char *name,
				   struct err *e)
{
	struct checking *c = calloc(1, sizeof(*c));

	if (!c) {
		err_set(e, ERR_ENV, ENOMEM, "cannot check");
		return NULL;
	}
	c->s = w->s;
	c->req.cancel_fd = -1;
	if (checking_open(c, name, NULL, e) < 0)
		drop(&c);
	return c;
}

static int copy_list(struct strv *to, const struct strv *from)
{
	strv_release(to);
	for (size_t i = 0; i < from->n; i++)
		if (strv_add(to, from->v[i]) < 0)
			return -1;
	return 0;
}

static bool same_list(const struct strv *a, const struct strv *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = strcmp(a->v[i], b->v[i]) == 0;
	return same;
}

/* The files of the lesson as it is now. */
static int watch_files(struct watch *w, const struct checking *c, struct err *e)
{
	const struct spec *spec = &c->l.spec;
	struct strv all = STRV_INIT;
	int r = 0;

	if (w->files && same_list(&w->edit, &spec->edit) &&
	    same_list(&w->given, &spec->given))
		return 0;
	filewatch_free(w->files);
	w->files = NULL;
	if (copy_list(&w->edit, &spec->edit) < 0 ||
	    copy_list(&w->given, &spec->given) < 0 ||
	    copy_list(&all, &spec->edit) < 0)
		r = -1;
	for (size_t i = 0; r == 0 && i < spec->given.n; i++)
		r = strv_add(&all, spec->given.v[i]);
	if (r == 0)
		w->files = filewatch_new(c->dir, &all, w->poll);
	strv_release(&all);
	return w->files ? 0 : err_set(e, ERR_ENV, ENOMEM, "cannot watch");
}

static int launch(struct watch *w, struct err *e)
{
	w->now = open_check(w, w->id, e);
	if (!w->now || watch_files(w, w->now, e) < 0)
		return -1;
	/* What is saved from here on is another check's. */
	filewatch_forget(w->files);
	w->ev->begins(w->ev->arg, w->now, w->asked ? NULL : &w->saved);
	if (checking_begin(w->now, e) < 0)
		return -1;
	w->runner = runner_start(&w->now->req, e);
	if (!w->runner)
		checking_end(w->now, false);
	return w->runner ? 0 : -1;
}

static void start(struct watch *w)
{
	struct err e = ERR_INIT;

	w->wanted = false;
	if (launch(w, &e) < 0) {
		drop(&w->now);
		w->ev->fails(w->ev->arg, &e);
	}
	w->asked = false;
	strv_release(&w->saved);
}

static void want(struct watch *w)
{
	if (w->runner && !w->wanted) {
		runner_cancel(w->runner);
		w->ev->stops(w->ev->arg);
	}
	w->wanted = true;
}

void watch_check(struct watch *w)
{
	w->asked = true;
	want(w);
	if (!w->runner)
		start(w);
}

/* One that has been overtaken by a save is forgotten, verdict and all. */
static void finish(struct watch *w, enum runner_state st, const struct err *e)
{
	bool counts = st == RUNNER_DONE && !w->wanted;

	runner_free(w->runner);
	w->runner = NULL;
	checking_end(w->now, counts);
	if (counts) {
		w->ev->yields(w->ev->arg);
		checking_record(w->now);
		checking_rename(w->now);
		drop(&w->last);
		w->last = w->now;
		w->now = NULL;
		w->ev->ends(w->ev->arg, w->last);
		return;
	}
	drop(&w->now);
	if (!w->wanted)
		w->ev->fails(w->ev->arg, e);
}

static void pump(struct watch *w)
{
	struct err e = ERR_INIT;
	enum runner_state st = runner_pump(
		w->runner, w->wanted ? NULL : w->ev->stages, &w->now->v, &e);

	if (st != RUNNER_GOES_ON)
		finish(w, st, &e);
}

/* ---- the files ---- */

static void look_at_files(struct watch *w)
{
	struct strv names = STRV_INIT;

	if (!w->files || !filewatch_saved(w->files, &names))
		return;
	for (size_t i = 0; i < names.n; i++) {
		if (!strv_has(&w->edit, names.v[i]))
			continue;
		if (!strv_has(&w->saved, names.v[i]))
			strv_add(&w->saved, names.v[i]);
		want(w);
	}
	/* A reset lays all of them down: then there is nothing to tell. */
	for (size_t i = 0; i < names.n && !w->wanted; i++)
		w->ev->given(w->ev->arg, names.v[i]);
	strv_release(&names);
}

void watch_step(struct watch *w)
{
	look_at_files(w);
	if (w->runner)
		pump(w);
	if (w->wanted && !w->runner)
		start(w);
}

void watch_fds(const struct watch *w, struct pollfd fds[WATCH_NFDS])
{
	fds[0] = (struct pollfd){
		.fd = w->files ? filewatch_fd(w->files) : -1,
		.events = POLLIN,
	};
	fds[1] = (struct pollfd){
		.fd = w->runner ? runner_fd(w->runner) : -1,
		.events = POLLIN,
	};
}

int watch_wait(const struct watch *w)
{
	if (w->wanted && !w->runner)
		return 0;
	return w->files ? filewatch_wait(w->files) : -1;
}

/* ---- the whole ---- */

struct watch *watch_new(struct session *s, const char *name, bool poll,
			const struct watch_events *ev, struct err *e)
{
	struct watch *w = calloc(1, sizeof(*w));
	struct checking *c;

	if (!w) {
		err_set(e, ERR_ENV, ENOMEM, "cannot watch");
		return NULL;
	}
	*w = (struct watch){.s = s, .ev = ev, .poll = poll};
	w->wanted = w->asked = true;
	c = open_check(w, name, e);
	if (c) {
		checking_refresh(c);
		checking_tell(c);
		w->id = strdup(c->lesson->id);
	}
	if (c && !w->id)
		err_set(e, ERR_ENV, ENOMEM, "cannot watch");
	if (!w->id || watch_files(w, c, e) < 0) {
		watch_free(w);
		w = NULL;
	}
	drop(&c);
	return w;
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	if (w->runner) {
		runner_free(w->runner);
		checking_end(w->now, false);
	}
	drop(&w->now);
	drop(&w->last);
	filewatch_free(w->files);
	strv_release(&w->saved);
	strv_release(&w->edit);
	strv_release(&w->given);
	free(w->id);
	free(w);
}

bool watch_is_running(const struct watch *w)
{
	return w->runner && !w->wanted;
}

struct checking *watch_last(const struct watch *w)
{
	return w->last;
}

const char *watch_lesson(const struct watch *w)
{
	return w->id;
}

const char *watch_polls(const struct watch *w)
{
	return w->files ? filewatch_polls(w->files) : NULL;
}
