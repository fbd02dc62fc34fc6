/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "session.h"
#include "checker/err.h"
#include "lesson.h"
#include "progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void session_init(struct session *s)
{
	*s = (struct session){.is_open = false};
	term_init(&s->term, stdout);
}

static void close_all(struct session *s)
{
	progress_free(s->progress);
	catalogue_release(&s->lessons);
	store_release(&s->store);
	free(s->current);
	free(s->history);
	s->progress = NULL;
	s->current = NULL;
	s->history = NULL;
	s->is_open = false;
}

void session_release(struct session *s)
{
	if (s->is_open)
		close_all(s);
}

static char *in_state(const struct session *s, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", s->store.state, name) < 0 ? NULL : path;
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot start");
}

static int open_progress(struct session *s, struct err *e)
{
	char *path = in_state(s, "progress.db");

	s->history = in_state(s, "history");
	if (path)
		s->progress = progress_new(path);
	free(path);
	if (!s->progress || !s->history)
		return no_memory(e);
	/* What it says is kept in the session, and told where it matters. */
	progress_current(s->progress, &s->current, &s->no_progress);
	return 0;
}

static int open_lessons(struct session *s, struct err *e)
{
	char *memo = in_state(s, "lessons.memo");
	int r = catalogue_open(&s->lessons, s->store.data, memo, e);

	free(memo);
	return r;
}

int session_open(struct session *s, struct err *e)
{
	if (s->is_open)
		return 0;
	s->unwritable = (struct err)ERR_INIT;
	if (store_find(&s->store, &s->unwritable, e) < 0)
		return -1;
	if (open_lessons(s, e) == 0 && open_progress(s, e) == 0) {
		s->is_open = true;
		return 0;
	}
	close_all(s);
	return -1;
}

int session_look_again(struct session *s, struct err *e)
{
	catalogue_release(&s->lessons);
	return open_lessons(s, e);
}

int session_writable(const struct session *s, struct err *e)
{
	if (!s->unwritable.code)
		return 0;
	if (e)
		*e = s->unwritable;
	return -1;
}

const struct catalogue_entry *session_by_slug(const struct session *s,
					      const char *slug)
{
	for (size_t i = 0; slug && i < s->lessons.n; i++)
		if (strcmp(s->lessons.v[i].slug, slug) == 0)
			return &s->lessons.v[i];
	return NULL;
}

const char *session_current_id(const struct session *s)
{
	const struct catalogue_entry *c = session_by_slug(s, s->current);

	if (!c && s->lessons.n > 0)
		c = &s->lessons.v[0];
	return c ? c->id : NULL;
}

const char *session_history(const struct session *s)
{
	return s->history;
}

const struct catalogue_entry *session_find(struct session *s, const char *name,
					   struct err *e)
{
	const struct catalogue_entry *c;

	if (name)
		return catalogue_find(&s->lessons, name, e);
	c = session_by_slug(s, s->current);
	if (c)
		return c;
	if (s->no_progress.code && e)
		*e = s->no_progress;
	if (s->no_progress.code)
		return NULL;
	if (s->current) {
		err_set(e, ERR_USAGE, 0,
			"the lesson that you were at, '%.60s', is not here "
			"any more", s->current);
		err_next(e, "'list' shows those that are; 'history %.60s' "
			    "still has your work", s->current);
		return NULL;
	}
	err_set(e, ERR_USAGE, 0, "no lesson has been started");
	err_next(e, "'start' begins the first one; 'list' shows them all");
	return NULL;
}

const struct catalogue_entry *
session_find_or_first(struct session *s, const char *name, struct err *e)
{
	if (name || session_by_slug(s, s->current))
		return session_find(s, name, e);
	if (s->lessons.n > 0)
		return &s->lessons.v[0];
	err_set(e, ERR_ENV, 0, "there are no lessons");
	err_where(e, "%s/lessons", s->store.data);
	err_next(e, "is Kiln whole? KILN_DATA says where its files are");
	return NULL;
}

int session_load(struct session *s, struct lesson *out,
		 const struct catalogue_entry *c, struct err *e)
{
	return lesson_load(out, c->dir, e);
}

int session_start(struct session *s, const char *slug, struct err *e)
{
	char *copy = strdup(slug);

	if (!copy)
		return no_memory(e);
	if (progress_start(s->progress, slug, e) < 0) {
		free(copy);
		return -1;
	}
	free(s->current);
	s->current = copy;
	s->guided = false;
	return 0;
}

char *session_work_dir(const struct session *s, const char *slug)
{
	char *path;

	return asprintf(&path, "%s/%s", s->store.work, slug) < 0 ? NULL : path;
}

char *session_log_path(const struct session *s, const char *slug,
		       const char *ext)
{
	char *path;

	return asprintf(&path, "%s/logs/%s.%s", s->store.state, slug, ext) < 0
		       ? NULL
		       : path;
}
