/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "refkit.h"
#include "err.h"
#include "hash.h"
#include "kbuild.h"
#include "stage.h"
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define PREFIX	   "parts-"
#define PARTS	   ".parts"
#define OBJECT_MAX ((size_t)16 << 20)
#define MONTH	   (30 * 24 * 3600)

static int make_key(char key[HASH_KEY_LEN + 1], const struct refkit_opts *o,
		    struct err *e)
{
	struct hash *h = hash_new();
	char path[4200];
	int ret = -1;

	if (!h)
		return err_set(e, ERR_ENV, ENOMEM, "cannot name the objects");
	hash_add(h, o->store->linux_key, strlen(o->store->linux_key));
	snprintf(path, sizeof(path), "%s/.complete", o->store->linux_dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	for (size_t i = 0; i < o->spec->swap.c.n; i++)
		hash_add(h, o->spec->swap.c.v[i], strlen(o->spec->swap.c.v[i]));
	for (size_t i = 0; i < o->spec->swap.rust.n; i++)
		hash_add(h, o->spec->swap.rust.v[i],
			 strlen(o->spec->swap.rust.v[i]));
	snprintf(path, sizeof(path), "%s/solution", o->spec->dir);
	ret = hash_tree(h, path, e);
	hash_key(h, key);
out:
	hash_free(h);
	return ret;
}

/* "ring.c" and "ring_rs.rs" without what stands behind the last dot. */
static int stem(const char *file)
{
	return (int)(strrchr(file, '.') - file);
}

/* The names are of letters, digits and _-./ alone: lua-lesson.c sees to it. */
static void add_files(struct buf *script, const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *f = files->v[i];
		int n = stem(f);

		buf_addf(script,
			 "mkdir -p \"$(dirname " PARTS "/%s)\" &&\n"
			 "llvm-strip -g -o " PARTS "/%.*s.o %.*s.o "
			 "|| exit 1\n",
			 f, n, f, n, f);
	}
}

static int lesson_fault(const struct kbuild_result *r, struct err *e)
{
	err_set(e, ERR_LESSON, 0, "the lesson's solution does not build");
	if (r->ndiags > 0)
		err_where(e, "%s:%u: %s",
			  r->diags[0].file ? r->diags[0].file : "build",
			  r->diags[0].line, r->diags[0].message);
	else
		err_where(e, "%.400s", buf_str(&r->output));
	return err_next(e, "tell the lesson's author; `author test` shows "
			   "all of it");
}

static int build(const char *stage, const struct refkit_opts *o, struct err *e)
{
	struct kbuild_result r = {.built = false};
	struct buf script = BUF_INIT;
	struct kbuild_opts k = {
		.store = o->store,
		.stage = stage,
		.memory = o->memory,
		.cancel_fd = o->cancel_fd,
	};
	int ret = -1;

	add_files(&script, &o->spec->swap.c);
	add_files(&script, &o->spec->swap.rust);
	if (!buf_ok(&script)) {
		err_set(e, ERR_ENV, ENOMEM, "cannot build the reference");
		goto out;
	}
	k.script = buf_str(&script);
	ret = kbuild_run(&r, &k, e);
	if (ret == 0 && !r.built)
		ret = lesson_fault(&r, e);
out:
	kbuild_release(&r);
	buf_release(&script);
	return ret;
}

/* What has been of no use for a month is of lessons that changed or went. */
static void remove_stale(const struct store *s)
{
	DIR *d = opendir(s->cache);
	struct dirent *de;
	char path[4200];
	struct stat st;

	while (d && (de = readdir(d))) {
		if (strncmp(de->d_name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", s->cache, de->d_name);
		if (stat(path, &st) == 0 && time(NULL) - st.st_mtime > MONTH)
			remove_tree(path, NULL);
	}
	if (d)
		closedir(d);
}

static int make(const char *dir, const struct refkit_opts *o, struct err *e)
{
	struct run_dir run = RUN_DIR_INIT;
	char stage[4200], made[4300];
	int ret = -1;

	if (o->detail)
		o->detail(o->arg, "building the reference, once");
	remove_stale(o->store);
	if (run_dir_open(&run, o->store, e) < 0)
		return -1;
	snprintf(stage, sizeof(stage), "%s/stage", run.path);
	if (make_dirs(stage, e) < 0 ||
	    stage_copy(stage, o->spec, &o->spec->given, e) < 0 ||
	    stage_copy(stage, o->spec, &o->spec->edit, e) < 0 ||
	    build(stage, o, e) < 0)
		goto out;
	snprintf(made, sizeof(made), "%s/" PARTS, stage);
	ret = rename(made, dir);
	/* Another check made the same in the meantime. */
	if (ret < 0 && (errno == EEXIST || errno == ENOTEMPTY))
		ret = 0;
	if (ret < 0)
		err_set(e, ERR_ENV, errno, "cannot keep the reference");
out:
	run_dir_close(&run);
	return ret;
}

int refkit_open(char **dir, const struct refkit_opts *o, struct err *e)
{
	char key[HASH_KEY_LEN + 1];

	*dir = NULL;
	if (make_key(key, o, e) < 0)
		return -1;
	if (asprintf(dir, "%s/" PREFIX "%s", o->store->cache, key) < 0) {
		*dir = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot open the reference");
	}
	/* Its time says when it was last of use. */
	if (utimensat(AT_FDCWD, *dir, NULL, 0) == 0)
		return 0;
	if (make(*dir, o, e) == 0)
		return 0;
	free(*dir);
	*dir = NULL;
	return -1;
}

int refkit_lay(const char *dir, const struct strv *files, const char *stage,
	       struct err *e)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < files->n; i++) {
		struct buf b = BUF_INIT;
		char from[4200], to[4200], *slash;
		int n = stem(files->v[i]);

		snprintf(from, sizeof(from), "%s/%.*s.o", dir, n, files->v[i]);
		snprintf(to, sizeof(to), "%s/%.*s.o", stage, n, files->v[i]);
		slash = strrchr(to, '/');
		*slash = '\0';
		ret = make_dirs(to, e);
		*slash = '/';
		if (ret == 0)
			ret = buf_read_file(&b, from, OBJECT_MAX, e);
		if (ret == 0)
			ret = buf_write_file(&b, to, 0644, e);
		buf_release(&b);
	}
	return ret;
}
