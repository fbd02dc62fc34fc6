/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "harness.h"
#include "err.h"
#include "gdbkit.h"
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

/* One of the things of ours that are built against the kernel. */
struct kit {
	const char *source; /* its folder, below the data */
	const char *prefix; /* of its folder in the cache */
	const char *file; /* what is asked for */
	const char *script; /* run after the build, or NULL */
	const char *detail; /* said while it is built */
};

static const struct kit harness = {
	.source = "checker/guest/harness",
	.prefix = "harness",
	.file = KILN_HARNESS ".ko",
	.detail = "building the module that watches init, once",
};

static const struct kit types = {
	.source = "checker/gdb/types",
	.prefix = "gdb",
	.file = "types",
	.script = "sh link.sh\n",
	.detail = "building the kernel's types for gdb, once",
};

static void source_of(char *path, size_t size, const struct store *s,
		      const struct kit *kit)
{
	snprintf(path, size, "%s/%s", s->data, kit->source);
}

static int make_key(char key[HASH_KEY_LEN + 1], const struct store *s,
		    const struct kit *kit, struct err *e)
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
	source_of(path, sizeof(path), s, kit);
	if (hash_tree(h, path, e) < 0)
		goto out;
	hash_key(h, key);
	ret = 0;
out:
	hash_free(h);
	return ret;
}

static int build(const char *stage, const struct kit *kit,
		 const struct harness_opts *o, struct err *e)
{
	struct kbuild_result r = {.built = false};
	struct kbuild_opts k = {
		.store = o->store,
		.stage = stage,
		.memory = o->memory,
		.script = kit->script,
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
static int make(const char *dir, const struct kit *kit,
		const struct harness_opts *o, struct err *e)
{
	struct run_dir run = RUN_DIR_INIT;
	char stage[4200], from[4300];
	int ret = -1;

	if (o->detail)
		o->detail(o->arg, kit->detail);
	if (run_dir_open(&run, o->store, e) < 0)
		return -1;
	snprintf(stage, sizeof(stage), "%s/kit", run.path);
	source_of(from, sizeof(from), o->store, kit);
	if (make_dirs(stage, e) < 0 || stage_tree(stage, from, e) < 0 ||
	    build(stage, kit, o, e) < 0)
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

static int open_kit(char **path, const struct kit *kit,
		    const struct harness_opts *o, struct err *e)
{
	char key[HASH_KEY_LEN + 1], dir[4200];

	*path = NULL;
	if (make_key(key, o->store, kit, e) < 0)
		return -1;
	snprintf(dir, sizeof(dir), "%s/%s-%s", o->store->cache, kit->prefix,
		 key);
	if (asprintf(path, "%s/%s", dir, kit->file) < 0) {
		*path = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	if (access(*path, R_OK) == 0)
		return 0;
	if (make(dir, kit, o, e) == 0)
		return 0;
	free(*path);
	*path = NULL;
	return -1;
}

int harness_open(char **path, const struct harness_opts *o, struct err *e)
{
	return open_kit(path, &harness, o, e);
}

int gdbkit_open(char **path, const struct harness_opts *o, struct err *e)
{
	return open_kit(path, &types, o, e);
}
