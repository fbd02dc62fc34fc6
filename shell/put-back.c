/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "put-back.h"
#include "checker/beneath.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "fileset.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_same(const char *dir, const char *name, const struct buf *text)
{
	struct buf b = BUF_INIT;
	bool same = beneath_read(&b, dir, name, text->len) == 0 &&
		    b.len == text->len &&
		    memcmp(buf_str(&b), buf_str(text), b.len) == 0;

	buf_release(&b);
	return same;
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot put the files back");
}

/* Those that differ, and those that are there and do. */
static int compare(const char *dir, const struct fileset *f,
		   struct strv *differ, struct strv *there, struct err *e)
{
	for (size_t i = 0; i < f->n; i++) {
		struct buf path = BUF_INIT;
		struct stat st;
		int r = 0;

		buf_addf(&path, "%s/%s", dir, f->v[i].name);
		if (!is_same(dir, f->v[i].name, &f->v[i].text)) {
			r = strv_add(differ, f->v[i].name);
			if (r == 0 && lstat(buf_str(&path), &st) == 0)
				r = strv_add(there, f->v[i].name);
		}
		buf_release(&path);
		if (r < 0)
			return no_memory(e);
	}
	return 0;
}

static int write_one(const char *dir, const struct fileset_file *f,
		     struct err *e)
{
	char *path, *slash;
	int r;

	if (asprintf(&path, "%s/%s", dir, f->name) < 0)
		return no_memory(e);
	slash = strrchr(path, '/');
	*slash = '\0';
	r = make_dirs(path, e);
	*slash = '/';
	if (r == 0)
		r = buf_write_file(&f->text, path, 0644, e);
	free(path);
	return r;
}

int put_back(const char *dir, const struct fileset *f, starter_keep_fn *keep,
	     void *arg, struct err *e)
{
	struct strv differ = STRV_INIT, there = STRV_INIT;
	int r = compare(dir, f, &differ, &there, e);

	if (r == 0 && there.n)
		r = keep(arg, dir, &there, e);
	for (size_t i = 0; r == 0 && i < f->n; i++)
		if (strv_has(&differ, f->v[i].name))
			r = write_one(dir, &f->v[i], e);
	if (r == 0 && differ.n == 0)
		r = 1;
	buf_sweep(dir);
	strv_release(&differ);
	strv_release(&there);
	return r;
}
