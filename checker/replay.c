/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "replay.h"
#include "err.h"
#include "store.h"

#include <errno.h>
#include <stdlib.h>

void replay_release(struct replay *p)
{
	changes_release(&p->ground);
	changes_release(&p->differs);
	verdict_release(&p->verdict);
	free(p->now);
	*p = (struct replay)REPLAY_INIT;
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot replay");
}

int replay_ground(struct replay *p, const struct record *r,
		  const struct spec *spec, const struct store *store,
		  const char *kiln, struct err *e)
{
	struct ground now;
	int ret;

	if (!store_has_toolroot(store) || !store_has_linux(store)) {
		err_set(e, ERR_ENV, 0, "Kiln has not been set up yet");
		err_where(e, "%s", store->cache);
		return err_next(e, "run `kiln setup`; it takes about 12 "
				   "minutes, once");
	}
	if (ground_look(&now, spec, store, kiln, e) < 0)
		return -1;
	ret = record_fits(r, spec, &now, e);
	if (ret == 0 && ground_compare(&p->ground, &r->ground, &now) < 0)
		ret = no_memory(e);
	ground_release(&now);
	return ret;
}

static char *as_json(const struct verdict *v)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int r = f ? verdict_json(v, f) : -1;

	if (f && fclose(f) == 0 && r == 0)
		return text;
	free(text);
	return NULL;
}

/* In @dir, which is new and will be gone. */
static int grade_in(struct replay *p, const struct record *r,
		    const struct check_request *req, struct err *e)
{
	if (make_dirs(req->dir, e) < 0 || record_lay_down(r, req->dir, e) < 0 ||
	    check_run(&p->verdict, req, e) < 0)
		return -1;
	p->now = as_json(&p->verdict);
	if (!p->now)
		return no_memory(e);
	return replay_compare(&p->differs, r->verdict, p->now, e);
}

int replay_run(struct replay *p, const struct record *r,
	       const struct spec *spec, const struct store *store,
	       int cancel_fd, const struct check_watch *watch, struct err *e)
{
	struct run_dir run = RUN_DIR_INIT;
	char *dir = NULL;
	struct check_request req = {
		.spec = spec,
		.cold = r->cold,
		.seed = r->seed,
		.cancel_fd = cancel_fd,
		.watch = watch,
	};
	int ret;

	if (run_dir_open(&run, store, e) < 0)
		return -1;
	if (asprintf(&dir, "%s/work", run.path) < 0) {
		dir = NULL;
		ret = no_memory(e);
	} else {
		req.dir = dir;
		ret = grade_in(p, r, &req, e);
	}
	free(dir);
	run_dir_close(&run);
	return ret;
}
