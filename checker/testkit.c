/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "testkit.h"
#include "err.h"
#include "hash.h"
#include "kbuild.h"
#include "sandbox.h"
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
#include <unistd.h>

#define PREFIX "tests-"

static int make_key(char key[HASH_KEY_LEN + 1], const struct testkit_opts *o,
		    struct err *e)
{
	struct hash *h = hash_new();
	char path[4096];
	int ret = -1;

	if (!h)
		return err_set(e, ERR_ENV, ENOMEM, "cannot name the tests");
	hash_add(h, o->store->linux_key, strlen(o->store->linux_key));
	snprintf(path, sizeof(path), "%s/.complete", o->store->linux_dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	for (size_t i = 0; i < o->spec->programs.n; i++)
		hash_add(h, o->spec->programs.v[i],
			 strlen(o->spec->programs.v[i]));
	snprintf(path, sizeof(path), "%s/solution", o->spec->dir);
	if (hash_tree(h, path, e) < 0)
		goto out;
	snprintf(path, sizeof(path), "%s/tests", o->spec->dir);
	if (hash_tree(h, path, e) < 0)
		goto out;
	if (o->overlay && hash_tree(h, o->overlay, e) < 0)
		goto out;
	hash_key(h, key);
	ret = 0;
out:
	hash_free(h);
	return ret;
}

/* Programs are static: there is no C library in the guest. */
static int programs_script(struct buf *script, const struct spec *spec)
{
	buf_adds(script, "cd " SANDBOX_STAGE "/tests && mkdir -p "
			 KBUILD_GUEST_DIR " || exit 1\n");
	for (size_t i = 0; i < spec->programs.n; i++) {
		const char *name = spec->programs.v[i];

		buf_addf(script,
			 "clang -std=gnu17 -O1 -g0 -s -Wall -Wextra -static "
			 "-I../solution -o " KBUILD_GUEST_DIR "/%s %s.c "
			 "|| exit 1\n",
			 name, name);
	}
	return buf_ok(script) ? 0 : -1;
}

static int lesson_fault(const struct kbuild_result *r, const char *what,
			struct err *e)
{
	err_set(e, ERR_LESSON, 0, "%s", what);
	if (r->ndiags > 0)
		err_where(e, "%s:%u: %s",
			  r->diags[0].file ? r->diags[0].file : "build",
			  r->diags[0].line, r->diags[0].message);
	else
		err_where(e, "%.400s", buf_str(&r->output));
	return err_next(e, "tell the lesson's author; `author test` shows "
			   "all of it");
}

static int build(const char *stage, const struct testkit_opts *o,
		 struct err *e)
{
	struct kbuild_result r = {.built = false};
	struct kbuild_opts k = {
		.store = o->store,
		.stage = stage,
		.subdir = "solution",
		.memory = o->memory,
		.cancel_fd = o->cancel_fd,
	};
	struct buf script = BUF_INIT;
	int ret = -1;

	if (programs_script(&script, o->spec) < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot build the tests");
	if (!o->spec->has_test_modules)
		k.script = buf_str(&script);
	if (kbuild_run(&r, &k, e) < 0)
		goto out;
	if (!r.built) {
		lesson_fault(&r, "the lesson's solution does not build", e);
		goto out;
	}
	ret = 0;
	if (!o->spec->has_test_modules)
		goto out;
	kbuild_release(&r);
	k.subdir = "tests";
	k.symvers = "solution/Module.symvers";
	k.script = buf_str(&script);
	ret = kbuild_run(&r, &k, e);
	if (ret == 0 && !r.built)
		ret = lesson_fault(&r, "the lesson's tests do not build", e);
out:
	kbuild_release(&r);
	buf_release(&script);
	return ret;
}

/* Tests of lessons that changed or went are kept for a month. */
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
		if (stat(path, &st) == 0 &&
		    time(NULL) - st.st_mtime > 30 * 24 * 3600)
			remove_tree(path, NULL);
	}
	if (d)
		closedir(d);
}

static int make(const char *dir, const struct testkit_opts *o, struct err *e)
{
	struct run_dir run = {.lock_fd = -1};
	char solution[4096], tests[4096], from[4200];
	int ret = -1;

	if (o->detail)
		o->detail(o->arg, "building the lesson's tests, once");
	remove_stale(o->store);
	if (run_dir_open(&run, o->store, e) < 0)
		return -1;
	snprintf(solution, sizeof(solution), "%s/solution", run.path);
	snprintf(tests, sizeof(tests), "%s/tests", run.path);
	if (make_dirs(tests, e) < 0 ||
	    stage_copy(solution, o->spec, &o->spec->given, e) < 0 ||
	    stage_copy(solution, o->spec, &o->spec->edit, e) < 0 ||
	    (o->overlay && stage_tree(solution, o->overlay, e) < 0))
		goto out;
	snprintf(from, sizeof(from), "%s/tests", o->spec->dir);
	if (stage_tree(tests, from, e) < 0 || build(run.path, o, e) < 0)
		goto out;
	snprintf(from, sizeof(from), "%s/" KBUILD_GUEST_DIR, tests);
	ret = rename(from, dir);
	/* Another check made the same in the meantime. */
	if (ret < 0 && (errno == EEXIST || errno == ENOTEMPTY))
		ret = 0;
	if (ret < 0)
		err_set(e, ERR_ENV, errno, "cannot keep the lesson's tests");
out:
	run_dir_close(&run);
	return ret;
}

int testkit_open(char **dir, const struct testkit_opts *o, struct err *e)
{
	char key[HASH_KEY_LEN + 1];

	*dir = NULL;
	if (!o->spec->has_test_modules && o->spec->programs.n == 0)
		return 0;
	if (make_key(key, o, e) < 0)
		return -1;
	if (asprintf(dir, "%s/" PREFIX "%s", o->store->cache, key) < 0) {
		*dir = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot open the tests");
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
