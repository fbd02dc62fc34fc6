/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the solution to the folder that a learner works in. All is made in
 * memory and held against what is there before the first byte is written.
 */
#include "starter.h"
#include "lesson.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct output {
	const char *rel;  /* the lesson's */
	char *path;	  /* in the work folder */
	struct buf text;  /* what is to be in it */
	mode_t mode;
	bool needed; /* it is not there like this already */
	bool lenient; /* whatever is there may stay */
};

struct outputs {
	struct output *v;
	size_t n;
};

static void outputs_release(struct outputs *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free(o->v[i].path);
		buf_release(&o->v[i].text);
	}
	free(o->v);
}

static int nomem(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot prepare the lesson's files");
}

/* What is wanted of the edit files. */
struct want {
	enum starter_what what;
	const struct lesson *l;
	bool at; /* not .what, but as it is at the step after .solved */
	struct strv known, solved; /* write steps */
};

/* The first write step that has the file, and whether a solved one has. */
static const char *step_of(const struct want *w, const char *rel, bool *solved)
{
	const char *first = NULL;

	*solved = false;
	for (size_t i = 0; i < w->l->nsteps; i++) {
		const struct lesson_step *st = &w->l->steps[i];

		if (st->kind != LESSON_WRITE || !strv_has(&st->files, rel))
			continue;
		if (!first)
			first = st->name;
		*solved |= strv_has(&w->solved, st->name);
	}
	return first;
}

static int make_edit(struct output *o, const char *path, const struct want *w,
		     struct err *e)
{
	struct starter_steps steps = {.known = &w->known,
				      .solved = &w->solved};
	struct buf b = BUF_INIT;
	int ret = buf_read_file(&b, path, LESSON_FILE_MAX, e);
	bool solved;

	steps.own = step_of(w, o->rel, &solved);
	o->lenient = w->at && !solved;
	if (ret == 0 && w->at)
		ret = starter_solve(&o->text, buf_str(&b), b.len, path, &steps,
				    e);
	else if (ret == 0 && w->what == STARTER_START)
		ret = starter_make(&o->text, buf_str(&b), b.len, path, e);
	else if (ret == 0)
		ret = solution_strip(&o->text, buf_str(&b), b.len, path, e);
	buf_release(&b);
	return ret;
}

/* Fill the next of @os, which has room. */
static int add_output(struct outputs *os, const struct want *w,
		      const char *dir, const char *rel, bool edit,
		      struct err *e)
{
	struct output *o = &os->v[os->n++];
	char *from = NULL;
	int ret = -1;

	o->rel = rel;
	/* Read-only tells the learner that changing it would not count. */
	o->mode = edit ? 0644 : 0444;
	if (asprintf(&o->path, "%s/%s", dir, rel) < 0) {
		o->path = NULL;
		return nomem(e);
	}
	if (asprintf(&from, "%s/solution/%s", w->l->spec.dir, rel) < 0)
		return nomem(e);
	if (edit)
		ret = make_edit(o, from, w, e);
	else
		ret = buf_read_file(&o->text, from, LESSON_FILE_MAX, e);
	free(from);
	return ret;
}

static int make_outputs(struct outputs *os, const struct want *w,
			const char *dir, struct err *e)
{
	const struct spec *s = &w->l->spec;

	os->v = calloc(s->given.n + s->edit.n + 1, sizeof(*os->v));
	if (!os->v)
		return nomem(e);
	for (size_t i = 0; i < s->given.n; i++)
		if (add_output(os, w, dir, s->given.v[i], false, e) < 0)
			return -1;
	for (size_t i = 0; i < s->edit.n; i++)
		if (add_output(os, w, dir, s->edit.v[i], true, e) < 0)
			return -1;
	return 0;
}

/* Every folder between @dir and the file is one, and no symbolic link. */
static int check_folders(const struct output *o, struct err *e)
{
	char *p = o->path + strlen(o->path) - strlen(o->rel);
	struct stat st;
	int ret = 0;

	while (ret == 0 && (p = strchr(p, '/'))) {
		*p = '\0';
		if (lstat(o->path, &st) == 0 && !S_ISDIR(st.st_mode)) {
			ret = err_set(e, ERR_USAGE, 0,
				      "something that is not a folder is in "
				      "the way");
			err_where(e, "%s", o->path);
			err_next(e, "move it away and start again");
		}
		*p++ = '/';
	}
	return ret;
}

static bool is_same(const struct output *o, const struct stat *st)
{
	struct buf b = BUF_INIT;
	bool same;

	if (!S_ISREG(st->st_mode) || (size_t)st->st_size != o->text.len)
		return false;
	same = buf_read_file(&b, o->path, o->text.len, NULL) == 0 &&
	       b.len == o->text.len &&
	       memcmp(buf_str(&b), buf_str(&o->text), b.len) == 0;
	buf_release(&b);
	return same;
}

static int compare(struct output *o, struct strv *clash, struct err *e)
{
	struct stat st;

	if (check_folders(o, e) < 0)
		return -1;
	if (lstat(o->path, &st) < 0) {
		if (errno == ENOENT) {
			o->needed = true;
			return 0;
		}
		err_set(e, ERR_ENV, errno, "cannot look at the file");
		return err_where(e, "%s", o->path);
	}
	if (o->lenient || is_same(o, &st))
		return 0;
	o->needed = true;
	return strv_add(clash, o->rel) < 0 ? nomem(e) : 0;
}

static int write_output(const struct output *o, struct err *e)
{
	char *slash = strrchr(o->path, '/');
	int ret;

	*slash = '\0';
	ret = make_dirs(o->path, e);
	*slash = '/';
	return ret < 0 ? -1 : buf_write_file(&o->text, o->path, o->mode, e);
}

static int write_all(const struct outputs *os, const char *dir, struct err *e)
{
	if (make_dirs(dir, e) < 0)
		return -1;
	buf_sweep(dir);
	for (size_t i = 0; i < os->n; i++)
		if (os->v[i].needed && write_output(&os->v[i], e) < 0)
			return -1;
	return 0;
}

static int tell(struct strv *out, const struct strv *files, struct err *e)
{
	for (size_t i = 0; out && i < files->n; i++)
		if (strv_add(out, files->v[i]) < 0)
			return nomem(e);
	return 0;
}

static int lay_down(const struct want *w, const char *dir,
		    starter_keep_fn *keep, void *arg, struct strv *clash,
		    struct err *e)
{
	struct outputs os = {.v = NULL};
	struct strv found = STRV_INIT;
	int ret;

	ret = make_outputs(&os, w, dir, e);
	for (size_t i = 0; ret == 0 && i < os.n; i++)
		ret = compare(&os.v[i], &found, e);
	if (ret == 0)
		ret = tell(clash, &found, e);
	if (ret == 0 && found.n)
		ret = keep ? keep(arg, dir, &found, e) : 1;
	if (ret == 0)
		ret = write_all(&os, dir, e);
	strv_release(&found);
	outputs_release(&os);
	return ret;
}

int lesson_write_starter(const struct lesson *l, const char *dir,
			 enum starter_what what, starter_keep_fn *keep,
			 void *arg, struct strv *clash, struct err *e)
{
	struct want w = {.what = what, .l = l};

	return lay_down(&w, dir, keep, arg, clash, e);
}

int lesson_write_at(const struct lesson *l, size_t n, const char *dir,
		    starter_keep_fn *keep, void *arg, struct err *e)
{
	struct want w = {.l = l, .at = true};
	int ret = 0;

	for (size_t i = 0; i < l->nsteps && ret == 0; i++) {
		const char *name = l->steps[i].name;

		if (l->steps[i].kind != LESSON_WRITE)
			continue;
		if (strv_add(&w.known, name) < 0 ||
		    (i < n && strv_add(&w.solved, name) < 0))
			ret = nomem(e);
	}
	if (ret == 0)
		ret = lay_down(&w, dir, keep, arg, NULL, e);
	strv_release(&w.known);
	strv_release(&w.solved);
	return ret;
}
