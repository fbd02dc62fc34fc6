/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "harness.h"
#include "err.h"
#include "guest/proto.h"
#include "hash.h"
#include "kbuild.h"
#include "stage.h"
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void source_of(char *path, size_t size, const struct store *s)
{
	snprintf(path, size, "%s/checker/guest/harness", s->data);
}

static int make_key(char key[HASH_KEY_LEN + 1], const struct store *s,
		    struct err *e)
{
	struct hash *h = hash_new();
	char path[4200];
	int ret = -1;

	if (!h)
		return err_set(e, ERR_ENV, ENOMEM, "cannot hash");
	hash_add(h, s->linux_key, strlen(s->linux_key));
	snprintf(path, sizeof(path), "%s/.complete", s->linux_dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	source_of(path, sizeof(path), s);
	if (hash_tree(h, path, e) < 0)
		goto out;
	hash_key(h, key);
	ret = 0;
out:
	hash_free(h);
	return ret;
}

static int build(const char *stage, const struct harness_opts *o, struct err *e)
{
	struct kbuild_result r = {.built = false};
	struct kbuild_opts k = {
		.store = o->store,
		.stage = stage,
		.memory = o->memory,
		.cancel_fd = o->cancel_fd,
	};
	int ret = kbuild_run(&r, &k, e);

	if (ret == 0 && !r.built) {
		err_set(e, ERR_ENV, 0, "a module of Kiln's own does not build");
		err_where(e, "%.400s", buf_str(&r.output));
		ret = err_next(e, "`kiln setup --anew` makes toolroot and "
				  "kernel again");
	}
	kbuild_release(&r);
	return ret;
}

/* In a run's folder, and moved to its place when it is whole. */
static int make(const char *dir, const struct harness_opts *o, struct err *e)
{
	struct run_dir run = RUN_DIR_INIT;
	char stage[4200], from[4300];
	int ret = -1;

	if (o->detail)
		o->detail(o->arg, "building the module that watches init, "
				  "once");
	if (run_dir_open(&run, o->store, e) < 0)
		return -1;
	snprintf(stage, sizeof(stage), "%s/harness", run.path);
	source_of(from, sizeof(from), o->store);
	if (make_dirs(stage, e) < 0 || stage_tree(stage, from, e) < 0 ||
	    build(stage, o, e) < 0)
		goto out;
	snprintf(from, sizeof(from), "%s/" KBUILD_GUEST_DIR, stage);
	ret = rename(from, dir);
	/* Another check made the same in the meantime. */
	if (ret < 0 && (errno == EEXIST || errno == ENOTEMPTY))
		ret = 0;
	if (ret < 0)
		err_set(e, ERR_ENV, errno, "cannot keep Kiln's own module");
out:
	run_dir_close(&run);
	return ret;
}

int harness_open(char **path, const struct harness_opts *o, struct err *e)
{
	char key[HASH_KEY_LEN + 1], dir[4200];

	*path = NULL;
	if (make_key(key, o->store, e) < 0)
		return -1;
	snprintf(dir, sizeof(dir), "%s/harness-%s", o->store->cache, key);
	if (asprintf(path, "%s/" KILN_HARNESS ".ko", dir) < 0) {
		*path = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	if (access(*path, R_OK) == 0)
		return 0;
	if (make(dir, o, e) == 0)
		return 0;
	free(*path);
	*path = NULL;
	return -1;
}
