/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/kbuild.h"
#include "checker/memory.h"
#include "checker/proc.h"
#include "checker/sandbox.h"
#include "checker/store.h"
#include "lint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCRIPT_MS = 60000 };

struct lint_box {
	struct lint *t;
	struct run_dir run;
	char *memory; /* memory_open()'s, or NULL */
	char path[4300];
};

int lint_box_open(struct lint_box **out, struct lint *t, struct err *e)
{
	struct lint_box *box = calloc(1, sizeof(*box));
	struct memory_watch learning = {
		.arg = t->arg,
		.detail = t->detail,
		.cancel_fd = t->cancel_fd,
	};

	if (!box)
		return err_set(e, ERR_ENV, ENOMEM, "cannot build");
	box->t = t;
	box->run = (struct run_dir)RUN_DIR_INIT;
	if (!store_has_toolroot(t->store) || !store_has_linux(t->store)) {
		err_set(e, ERR_ENV, 0, "there is nothing to build with yet");
		err_next(e, "run `kiln setup`, or lint with --no-build");
	} else if (run_dir_open(&box->run, t->store, e) == 0 &&
		   memory_open(&box->memory, t->store, &learning, e) == 0) {
		*out = box;
		return 0;
	}
	lint_box_close(box);
	return -1;
}

void lint_box_close(struct lint_box *box)
{
	run_dir_close(&box->run);
	free(box->memory);
	free(box);
}

const char *lint_box_dir(struct lint_box *box, const char *name, struct err *e)
{
	snprintf(box->path, sizeof(box->path), "%s/%s", box->run.path, name);
	return make_dirs(box->path, e) < 0 ? NULL : box->path;
}

int lint_box_build(struct lint_box *box, const char *dir,
		   struct kbuild_result *r, struct err *e)
{
	const struct kbuild_opts o = {
		.store = box->t->store,
		.stage = dir,
		.memory = box->memory,
		.cancel_fd = box->t->cancel_fd,
	};

	return kbuild_run(r, &o, e);
}

int lint_box_run(struct lint_box *box, const char *dir, const char *lines,
		 struct proc_result *r, struct err *e)
{
	const struct sandbox_bind bind = {
		.from = dir,
		.to = SANDBOX_STAGE,
		.writable = true,
	};
	const struct sandbox_script s = {
		.store = box->t->store,
		.binds = &bind,
		.nbinds = 1,
		.chdir = SANDBOX_STAGE,
		.lines = lines,
		.timeout_ms = SCRIPT_MS,
		.cancel_fd = box->t->cancel_fd,
	};

	if (sandbox_run(r, &s, e) < 0)
		return -1;
	if (r->end == PROC_CANCELLED)
		err_set(e, ERR_CANCELLED, 0, "interrupted");
	else if (r->end != PROC_EXITED)
		err_set(e, ERR_ENV, 0,
			"a tool of the toolroot did not end "
			"as it should");
	else
		return 0;
	proc_result_release(r);
	return -1;
}
