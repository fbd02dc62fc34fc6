/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "built.h"
#include "err.h"
#include "memory.h"
#include "stage.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int need_setup(const struct store *s, struct err *e)
{
	const char *missing = !store_has_toolroot(s) ? "the toolroot"
			      : !store_has_linux(s)  ? "the kernel"
						     : NULL;

	if (!missing)
		return 0;
	err_set(e, ERR_ENV, 0, "%s has not been made yet", missing);
	err_where(e, "%s", s->cache);
	return err_next(e, "run `kiln setup`; it takes about 12 minutes, once");
}

static int open_stage(struct built *b, const struct built_opts *o,
		      struct err *e)
{
	if (need_setup(o->store, e) < 0 ||
	    run_dir_open(&b->run, o->store, e) < 0)
		return -1;
	if (asprintf(&b->stage, "%s/stage", b->run.path) < 0) {
		b->stage = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot build");
	}
	return make_dirs(b->stage, e);
}

/* 1: the learner's files cannot be built, and .refusal says why. */
static int lay_files(struct built *b, const struct built_opts *o, struct err *e)
{
	struct buf why = BUF_INIT;
	int r;

	if (stage_copy(b->stage, o->spec, &o->spec->given, e) < 0)
		return -1;
	r = stage_learner(b->stage, o->spec, o->dir, &why, e);
	if (r > 0) {
		b->refusal = buf_steal(&why);
		if (!b->refusal)
			r = err_set(e, ERR_ENV, ENOMEM, "cannot build");
	}
	buf_release(&why);
	return r;
}

int built_make(struct built *b, const struct built_opts *o, struct err *e)
{
	struct memory_watch learning = {
		.arg = o->arg,
		.detail = o->detail,
		.cancel_fd = o->cancel_fd,
	};
	struct kbuild_opts k = {
		.store = o->store,
		.target = o->target,
		.vars = o->vars,
		.script = o->script,
		.cancel_fd = o->cancel_fd,
	};
	char *memory = NULL;
	int r;

	*b = (struct built){.run = RUN_DIR_INIT};
	if (open_stage(b, o, e) < 0)
		return -1;
	r = lay_files(b, o, e);
	if (r != 0)
		return r < 0 ? -1 : 0;
	if (memory_open(&memory, o->store, &learning, e) < 0)
		return -1;
	k.stage = b->stage;
	k.memory = memory;
	r = kbuild_run(&b->build, &k, e);
	free(memory);
	return r;
}

void built_release(struct built *b)
{
	kbuild_release(&b->build);
	run_dir_close(&b->run);
	free(b->stage);
	free(b->refusal);
	*b = (struct built){.run = RUN_DIR_INIT};
}

int built_read(const struct built *b, struct buf *out, const char *name,
	       size_t max, struct err *e)
{
	char path[4200];

	if (!stage_has(b->stage, name)) {
		err_set(e, ERR_ENV, 0, "the build made no %s", name);
		return err_where(e, "%s", b->stage);
	}
	snprintf(path, sizeof(path), "%s/%s", b->stage, name);
	return buf_read_file(out, path, max, e);
}
