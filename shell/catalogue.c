/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "catalogue.h"
#include "catalogue-memo.h"
#include "lesson.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LESSONS_MAX 5000
#define FEW_LESSONS 32 /* fewer are loaded before a thread has started */
#define THREADS_MAX 7

static void entry_release(struct catalogue_entry *en)
{
	free(en->dir);
	free(en->track);
	free(en->track_title);
	free(en->id);
	free(en->slug);
	free(en->title);
	strv_release(&en->needs);
}

void catalogue_release(struct catalogue *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n; i++)
		entry_release(&c->v[i]);
	free(c->v);
	*c = (struct catalogue){.v = NULL};
}

static int nomem(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot list the lessons");
}

/* "1-the-boundary" to "The boundary". */
static char *title_of(const char *track)
{
	const char *dash = strchr(track, '-');
	char *t = strdup(dash ? dash + 1 : track);

	for (char *p = t; p && *p; p++)
		if (*p == '-')
			*p = ' ';
	if (t)
		t[0] = (char)toupper((unsigned char)t[0]);
	return t;
}

/* What the folder's name says; the strings that fail stay NULL. */
static bool fill_place(struct catalogue_entry *en, const char *track,
		       const char *slug)
{
	en->track = strdup(track);
	en->track_title = title_of(track);
	en->slug = strdup(slug);
	if (asprintf(&en->id, "%u.%u", en->track_no, en->number) < 0)
		en->id = NULL;
	return en->track && en->track_title && en->slug && en->id;
}

/* What lesson.lua says: moved out of the lesson, which is not needed whole. */
static bool fill_lesson(struct catalogue_entry *en)
{
	struct lesson l;

	if (lesson_load(&l, en->dir, &en->error) < 0) {
		en->broken = true;
		en->title = strdup(en->slug);
		return en->title != NULL;
	}
	en->title = l.spec.title;
	l.spec.title = NULL;
	en->minutes = l.minutes;
	en->needs = l.needs;
	l.needs = (struct strv)STRV_INIT;
	lesson_release(&l);
	return true;
}

struct work {
	struct catalogue *c;
	const struct memo *memo; /* or NULL */
	atomic_size_t loaded; /* what the memo did not know */
	atomic_size_t next;
	atomic_bool failed;
};

/* Each takes the next lesson that nobody has; loads share nothing. */
static void *load_some(void *arg)
{
	struct work *w = arg;
	size_t i;

	while ((i = atomic_fetch_add(&w->next, 1)) < w->c->n) {
		struct catalogue_entry *en = &w->c->v[i];

		if (memo_recall(w->memo, en))
			continue;
		if (!fill_lesson(en))
			w->failed = true;
		else if (!en->broken)
			atomic_fetch_add(&w->loaded, 1);
	}
	return NULL;
}

/*
 * With many lessons, on all CPUs: a list must be there at once. Signals stay
 * with the thread that called, and a thread that cannot be had is not missed.
 */
static int load_threaded(struct work *w, struct err *e)
{
	struct catalogue *c = w->c;
	pthread_t threads[THREADS_MAX];
	long want = c->n < FEW_LESSONS ? 1 : sysconf(_SC_NPROCESSORS_ONLN);
	sigset_t all, old;
	int n = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	while (n + 1 < want && n < THREADS_MAX &&
	       pthread_create(&threads[n], NULL, load_some, w) == 0)
		n++;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	load_some(w);
	while (n > 0)
		pthread_join(threads[--n], NULL);
	return w->failed ? nomem(e) : 0;
}

/* Few lessons are as quickly loaded as remembered. */
static int load_all(struct catalogue *c, const char *memo, struct err *e)
{
	struct work w = {.c = c};
	struct memo *m = NULL;
	int r;

	if (memo && c->n >= FEW_LESSONS)
		w.memo = m = memo_new(memo);
	r = load_threaded(&w, e);
	if (r == 0 && m && w.loaded)
		memo_write(memo, c);
	memo_free(m);
	return r;
}

static struct catalogue_entry *add_entry(struct catalogue *c)
{
	struct catalogue_entry *v;

	v = reallocarray(c->v, c->n + 1, sizeof(*v));
	if (!v)
		return NULL;
	c->v = v;
	memset(&v[c->n], 0, sizeof(*v));
	return &v[c->n++];
}

static int add_lesson(struct catalogue *c, const char *root, const char *track,
		      const char *name, struct err *e)
{
	struct catalogue_entry *en;
	unsigned track_no, number;
	const char *slug;
	char *dir;

	if (asprintf(&dir, "%s/%s/%s", root, track, name) < 0)
		return nomem(e);
	if (c->n >= LESSONS_MAX ||
	    !lesson_place(dir, &track_no, &number, &slug)) {
		free(dir);
		return 0;
	}
	en = add_entry(c);
	if (!en) {
		free(dir);
		return nomem(e);
	}
	en->dir = dir;
	en->track_no = track_no;
	en->number = number;
	return fill_place(en, track, slug) ? 0 : nomem(e);
}

/* Folders only: what is hidden or a stray file is no track and no lesson. */
static bool may_be_dir(const struct dirent *d)
{
	return d->d_name[0] != '.' &&
	       (d->d_type == DT_DIR || d->d_type == DT_UNKNOWN ||
		d->d_type == DT_LNK);
}

static int read_track(struct catalogue *c, const char *root, const char *track,
		      struct err *e)
{
	struct dirent *d;
	char *path;
	DIR *dir;
	int ret = 0;

	if (asprintf(&path, "%s/%s", root, track) < 0)
		return nomem(e);
	dir = opendir(path);
	free(path);
	if (!dir)
		return 0; /* not a folder after all, or not for us */
	while (ret == 0 && (d = readdir(dir)))
		if (may_be_dir(d))
			ret = add_lesson(c, root, track, d->d_name, e);
	closedir(dir);
	return ret;
}

static int by_place(const void *a, const void *b)
{
	const struct catalogue_entry *x = a, *y = b;

	if (x->track_no != y->track_no)
		return x->track_no < y->track_no ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return strcmp(x->dir, y->dir);
}

/* Two folders may claim one number; the second cannot be named by its id. */
static void mark_doubles(struct catalogue *c)
{
	for (size_t i = 1; i < c->n; i++) {
		struct catalogue_entry *en = &c->v[i];

		if (strcmp(en->id, c->v[i - 1].id) != 0)
			continue;
		en->broken = true;
		err_set(&en->error, ERR_LESSON, 0,
			"the number %s is taken by "
			"%s",
			en->id, c->v[i - 1].dir);
		err_where(&en->error, "%s", en->dir);
	}
}

int catalogue_open(struct catalogue *c, const char *data, const char *memo,
		   struct err *e)
{
	char *root = NULL;
	struct dirent *d;
	DIR *dir = NULL;
	int ret = -1;

	*c = (struct catalogue){.v = NULL};
	if (asprintf(&root, "%s/lessons", data) < 0) {
		root = NULL;
		nomem(e);
		goto out;
	}
	dir = opendir(root);
	if (!dir) {
		err_set(e, ERR_ENV, errno, "cannot read the lessons");
		err_where(e, "%s", root);
		goto out;
	}
	ret = 0;
	while (ret == 0 && (d = readdir(dir)))
		if (may_be_dir(d) && isdigit((unsigned char)d->d_name[0]))
			ret = read_track(c, root, d->d_name, e);
	if (ret == 0 && c->n)
		qsort(c->v, c->n, sizeof(*c->v), by_place);
	if (ret == 0)
		ret = load_all(c, memo, e);
	if (ret == 0)
		mark_doubles(c);
out:
	if (ret < 0)
		catalogue_release(c);
	if (dir)
		closedir(dir);
	free(root);
	return ret;
}
