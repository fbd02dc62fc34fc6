/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "work.h"
#include "fileset.h"
#include "odd.h"
#include "session.h"
#include "version.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot read your work");
}

static int nothing_begun(struct err *e)
{
	err_set(e, ERR_USAGE, 0, "no lesson has been started");
	return err_next(e, "'start' begins the first one; 'list' shows them "
			   "all");
}

/* A lesson that went away is known by its whole name. */
static int find(struct work *w, const char *name, struct err *e)
{
	struct session *s = w->s;
	const char *slug = name ? name : s->current;
	struct err why = ERR_INIT;

	if (!slug && s->no_progress.code) {
		if (e)
			*e = s->no_progress;
		return -1;
	}
	if (!slug)
		return nothing_begun(e);
	w->c = name ? catalogue_find(&s->lessons, name, &why)
		    : session_by_slug(s, s->current);
	w->slug = w->c ? w->c->slug : slug;
	if (progress_versions(s->progress, w->slug, &w->v, &w->n, e) < 0)
		return -1;
	if (w->c || !name || w->n > 0)
		return 0;
	if (e)
		*e = why;
	return -1;
}

int work_open(struct work *w, struct session *s, const char *name,
	      struct err *e)
{
	*w = (struct work){.s = s};
	if (session_open(s, e) < 0 || find(w, name, e) < 0)
		return -1;
	w->dir = session_work_dir(s, w->slug);
	if (!w->dir)
		return no_memory(e);
	if (w->c)
		w->loaded = session_load(s, &w->l, w->c, &w->broken) == 0;
	else
		err_set(&w->broken, ERR_USAGE, 0,
			"there is no lesson '%.60s' any more", w->slug);
	return 0;
}

void work_release(struct work *w)
{
	if (w->loaded)
		lesson_release(&w->l);
	progress_versions_free(w->v, w->n);
	free(w->dir);
	*w = (struct work){.s = NULL};
}

bool work_is_number(const char *arg)
{
	size_t digits = arg ? strspn(arg, "0123456789") : 0;

	return digits > 0 && !arg[digits];
}

static unsigned newest(const struct work *w)
{
	unsigned n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].number > n)
			n = w->v[i].number;
	return n;
}

const struct progress_version *work_version(const struct work *w,
					    const char *arg, struct err *e)
{
	unsigned long number = strtoul(arg, NULL, 10);
	unsigned most = newest(w);

	if (!work_is_number(arg)) {
		err_set(e, ERR_USAGE, 0, "'%.60s' is no number of a version",
			arg);
		err_next(e, "'history' lists them with their numbers");
		return NULL;
	}
	for (size_t i = 0; number && i < w->n; i++)
		if (w->v[i].number == number)
			return &w->v[i];
	err_set(e, ERR_USAGE, 0, "there is no version %.10s of this lesson",
		arg);
	if (most)
		err_next(e, "there are versions 1 to %u; 'history' lists them",
			 most);
	else
		err_next(e, "'check' keeps the first one");
	return NULL;
}

const struct progress_version *work_checked(const struct work *w)
{
	for (size_t i = w->n; i-- > 0;)
		if (w->v[i].number &&
		    (w->v[i].checks || strcmp(w->v[i].reason, "check") == 0))
			return &w->v[i];
	return NULL;
}

int work_load(const struct work *w, const struct progress_version *v,
	      struct fileset *f, struct err *e)
{
	return version_load(w->s, w->slug, v->hash, f, e);
}

int work_now(const struct work *w, struct fileset *f,
	     const struct fileset *like, struct err *e)
{
	struct strv names = STRV_INIT;
	struct strv odd = STRV_INIT;
	int r = 0;

	for (size_t i = 0; like && r == 0 && i < like->n; i++)
		r = strv_add(&names, like->v[i].name);
	for (size_t i = 0; w->loaded && r == 0 && i < w->l.spec.edit.n; i++)
		r = strv_add(&names, w->l.spec.edit.v[i]);
	r = r < 0 ? no_memory(e) : fileset_read(f, w->dir, &names, &odd, e);
	if (r == 0)
		r = odd_any(w->dir, &odd, e);
	strv_release(&names);
	strv_release(&odd);
	return r;
}

int work_lesson(const struct work *w, struct fileset *f, enum starter_what what,
		struct err *e)
{
	if (w->loaded)
		return fileset_lesson(f, &w->l, what, e);
	if (e)
		*e = w->broken;
	return -1;
}
