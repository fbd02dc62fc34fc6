/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must be there before a check begins. */
#include "check-int.h"
#include "err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SHORT_SEED_MAX ((UINT64_C(1) << 16) - 1)

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

/* The first line of .complete is the kernel's release. */
static int read_release(struct check *c, struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4200];
	int ret;

	snprintf(path, sizeof(path), "%s/.complete", c->store.linux_dir);
	ret = buf_read_file(&b, path, 4096, e);
	if (ret == 0) {
		c->v->kernel = strndup(buf_str(&b), strcspn(buf_str(&b), "\n"));
		if (!c->v->kernel)
			ret = err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	buf_release(&b);
	return ret;
}

bool check_is_one_race(const struct check_request *req)
{
	return req->spec->races.runs > 0 && req->seed && !req->all_runs;
}

int check_prepare(struct check *c, struct err *e)
{
	const struct check_request *req = c->req;
	bool races = req->spec->races.runs > 0;
	/* One that a learner types again is better short. */
	uint64_t most = races ? SHORT_SEED_MAX : CHECK_SEED_MAX;

	if (store_open(&c->store, e) < 0 || need_setup(&c->store, e) < 0 ||
	    read_release(c, e) < 0 || run_dir_open(&c->run, &c->store, e) < 0)
		return -1;
	if (asprintf(&c->stage, "%s/stage", c->run.path) < 0) {
		c->stage = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	c->v->seed = req->seed;
	while (c->v->seed == 0) {
		if (getrandom(&c->v->seed, sizeof(c->v->seed), 0) < 0)
			return err_set(e, ERR_ENV, errno, "no random numbers");
		c->v->seed &= most;
	}
	c->seeded = check_is_one_race(req);
	return make_dirs(c->stage, e);
}
