/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ground.h"
#include "buf.h"
#include "change.h"
#include "err.h"
#include "store.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STAMP_MAX ((size_t)1 << 20)

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot look at the lesson");
}

void ground_release(struct ground *g)
{
	for (size_t i = 0; i < g->nfiles; i++)
		free(g->files[i].name);
	free(g->files);
	free(g->kiln);
	free(g->id);
	free(g->slug);
	free(g->title);
	free(g->kernel);
	free(g->kernel_key);
	free(g->kernel_stamp);
	free(g->toolroot_key);
	free(g->toolroot_stamp);
	*g = (struct ground){.id = NULL};
}

struct ground_file *ground_add_file(struct ground *g, const char *name)
{
	struct ground_file *f = realloc(g->files, (g->nfiles + 1) * sizeof(*f));
	char *copy = strdup(name);

	if (f)
		g->files = f;
	if (!f || !copy) {
		free(copy);
		return NULL;
	}
	f += g->nfiles++;
	*f = (struct ground_file){.name = copy};
	return f;
}

const struct ground_file *ground_file(const struct ground *g, const char *name)
{
	for (size_t i = 0; i < g->nfiles; i++)
		if (strcmp(g->files[i].name, name) == 0)
			return &g->files[i];
	return NULL;
}

/* ---- the lesson ---- */

static int add_file(struct ground *g, const char *path, const char *name,
		    struct err *e)
{
	struct ground_file *f;

	if (g->nfiles == GROUND_MAX_FILES)
		return err_set(e, ERR_LESSON, 0, "too many files");
	f = ground_add_file(g, name);
	return f ? hash_hex_file(path, f->hash, e) : no_memory(e);
}

/* By bytes: the locale must not change the order. */
static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int add_entry(struct ground *g, FTS *tree, FTSENT *f, size_t root_len,
		     struct err *e)
{
	switch (f->fts_info) {
	case FTS_D:
		if (f->fts_level > 0 && f->fts_name[0] == '.')
			fts_set(tree, f, FTS_SKIP);
		return 0;
	case FTS_F:
		if (f->fts_name[0] == '.')
			return 0;
		return add_file(g, f->fts_accpath, f->fts_path + root_len + 1,
				e);
	case FTS_DNR:
	case FTS_ERR:
		err_set(e, ERR_LESSON, f->fts_errno, "cannot read the lesson");
		return err_where(e, "%s", f->fts_path);
	default: /* FTS_NS too: a lesson need not have tests */
		return 0;
	}
}

static int look_at_lesson(struct ground *g, const struct spec *spec,
			  struct err *e)
{
	static const char *const parts[] = {"lesson.lua", "solution", "tests",
					    "variant", "text.md"};
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < sizeof(parts) / sizeof(*parts);
	     i++) {
		char *root[] = {NULL, NULL};
		FTS *tree = NULL;
		FTSENT *f;

		if (asprintf(&root[0], "%s/%s", spec->dir, parts[i]) < 0)
			return no_memory(e);
		tree = fts_open(root, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
		if (!tree)
			ret = no_memory(e);
		while (ret == 0 && (f = fts_read(tree)))
			ret = add_entry(g, tree, f, strlen(spec->dir), e);
		if (tree)
			fts_close(tree);
		free(root[0]);
	}
	return ret;
}

/* ---- kernel, toolroot ---- */

/* The hash of DIR/.complete, and its first line where it is wanted. */
static int look_at_stamp(char **hash, char **line, const char *dir,
			 struct err *e)
{
	char hex[HASH_HEX_LEN + 1];
	struct buf b = BUF_INIT;
	char *path;
	int ret;

	if (asprintf(&path, "%s/" STORE_STAMP, dir) < 0)
		return no_memory(e);
	ret = buf_read_file(&b, path, STAMP_MAX, e);
	if (ret == 0) {
		hash_hex(buf_str(&b), b.len, hex);
		*hash = strdup(hex);
		if (line)
			*line = strndup(buf_str(&b),
					strcspn(buf_str(&b), "\n"));
		if (!*hash || (line && !*line))
			ret = no_memory(e);
	}
	buf_release(&b);
	free(path);
	return ret;
}

static int copy(char **out, const char *s, struct err *e)
{
	*out = s ? strdup(s) : NULL;
	return s && !*out ? no_memory(e) : 0;
}

int ground_look(struct ground *g, const struct spec *spec,
		const struct store *store, const char *kiln, struct err *e)
{
	*g = (struct ground){.id = NULL};
	if (copy(&g->kiln, kiln, e) == 0 && copy(&g->id, spec->id, e) == 0 &&
	    copy(&g->slug, spec->slug, e) == 0 &&
	    copy(&g->title, spec->title, e) == 0 &&
	    copy(&g->kernel_key, store->linux_key, e) == 0 &&
	    copy(&g->toolroot_key, store->toolroot_key, e) == 0 &&
	    look_at_stamp(&g->kernel_stamp, &g->kernel, store->linux_dir, e) ==
		    0 &&
	    look_at_stamp(&g->toolroot_stamp, NULL, store->toolroot, e) == 0 &&
	    look_at_lesson(g, spec, e) == 0)
		return 0;
	ground_release(g);
	return -1;
}

/* ---- then and now ---- */

static int compare_files(struct changes *out, const struct ground *then,
			 const struct ground *now)
{
	for (size_t i = 0; i < then->nfiles; i++) {
		const struct ground_file *was = &then->files[i];
		const struct ground_file *is = ground_file(now, was->name);

		if (changes_compare(out, "lesson-file", was->name, was->hash,
				    is ? is->hash : NULL) < 0)
			return -1;
	}
	for (size_t i = 0; i < now->nfiles; i++) {
		const struct ground_file *is = &now->files[i];

		if (!ground_file(then, is->name) &&
		    changes_add(out, "lesson-file", is->name, NULL, is->hash) <
			    0)
			return -1;
	}
	return 0;
}

/* A key, or where it is the same the stamp of what was made under it. */
static int compare_made(struct changes *out, const char *const what[2],
			const char *const then[2], const char *const now[2])
{
	size_t n = out->n;

	if (changes_compare(out, what[0], NULL, then[0], now[0]) < 0)
		return -1;
	if (out->n > n)
		return 0;
	return changes_compare(out, what[1], NULL, then[1], now[1]);
}

/* "7.3.4 (5c184201e49b6a74)" */
static char *kernel_name(const struct ground *g)
{
	char *s;

	return asprintf(&s, "%s (%s)", g->kernel, g->kernel_key) < 0 ? NULL : s;
}

static int compare_kernels(struct changes *out, const struct ground *then,
			   const struct ground *now)
{
	static const char *const what[] = {"kernel", "kernel-stamp"};
	const char *was[] = {kernel_name(then), then->kernel_stamp};
	const char *is[] = {kernel_name(now), now->kernel_stamp};
	int ret = -1;

	if (was[0] && is[0])
		ret = compare_made(out, what, was, is);
	free((char *)was[0]);
	free((char *)is[0]);
	return ret;
}

static int compare_toolroots(struct changes *out, const struct ground *then,
			     const struct ground *now)
{
	static const char *const what[] = {"toolroot", "toolroot-stamp"};
	const char *was[] = {then->toolroot_key, then->toolroot_stamp};
	const char *is[] = {now->toolroot_key, now->toolroot_stamp};

	return compare_made(out, what, was, is);
}

int ground_compare(struct changes *out, const struct ground *then,
		   const struct ground *now)
{
	if (changes_compare(out, "lesson-id", NULL, then->id, now->id) < 0 ||
	    compare_files(out, then, now) < 0 ||
	    compare_kernels(out, then, now) < 0 ||
	    compare_toolroots(out, then, now) < 0)
		return -1;
	return changes_compare(out, "kiln", NULL, then->kiln, now->kiln);
}
