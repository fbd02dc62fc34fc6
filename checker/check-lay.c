/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a guest is given before it runs. */
#include "check-int.h"
#include "err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARTIFACT_MAX ((size_t)64 << 20)
#define STEP_MS	     3000 /* guest time, where the lesson names none */
#define LEAKS_MS     20000 /* walking every slab cache takes its time */

static int lay_artifact(struct check *c, struct guest *g, const char *name,
			struct err *e)
{
	char *path = check_artifact(c, name);
	struct buf b = BUF_INIT;
	char where[256];
	int ret;

	if (!path)
		return err_set(e, ERR_LESSON, 0,
			       "the plan names '%s', which nothing builds",
			       name);
	snprintf(where, sizeof(where), "/work/%s", name);
	ret = buf_read_file(&b, path, ARTIFACT_MAX, e);
	if (ret == 0)
		ret = guest_lay_file(g, where, 0755, buf_str(&b), b.len, e);
	buf_release(&b);
	free(path);
	return ret;
}

/* Each once, though a plan may load it often. */
int check_lay_artifacts(struct check *c, struct guest *g, struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct strv done = STRV_INIT;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < spec->nplan; i++) {
		const struct plan_step *step = &spec->plan[i];

		if ((!plan_loads(step->op) && step->op != PLAN_RUN) ||
		    step->target[0] == '/' || strv_has(&done, step->target))
			continue;
		ret = lay_artifact(c, g, step->target, e);
		if (ret == 0 && strv_add(&done, step->target) < 0)
			ret = err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	strv_release(&done);
	return ret;
}

unsigned check_budget_ms(const struct check *c, const struct plan_step *s)
{
	const struct spec *spec = c->req->spec;
	unsigned ms =
		spec->guest_seconds ? spec->guest_seconds * 1000 : STEP_MS;

	if (s->op == PLAN_LEAKS)
		return LEAKS_MS;
	if (s->op == PLAN_SLEEP && s->args)
		ms += (unsigned)atoi(s->args);
	return c->seeded ? ms * CHAOS_COST : ms;
}

/*
 * The files, and of the plan what needs nothing of the host in between. Of
 * a seeded run that is all, for it is to go the same way again; otherwise
 * the guest waits for us before a module goes, and so do those that look.
 */
int check_lay(struct check *c, struct guest *g, struct err *e)
{
	const struct spec *spec = c->req->spec;

	if (check_unwind_lay(c, g, e) < 0 || check_lay_artifacts(c, g, e) < 0)
		return -1;
	/* The harness comes before all steps, and by our leave. */
	for (size_t i = 0; !c->harness && i < spec->nplan; i++) {
		const struct plan_step *step = &spec->plan[i];

		if (step->op == PLAN_RMMOD && !c->seeded)
			return 0;
		if (step->op == PLAN_RMMOD)
			guest_lay_kunit(g);
		guest_lay_step(g, step, (int)i, check_budget_ms(c, step));
	}
	if (c->seeded) {
		guest_lay_kunit(g);
		guest_lay_finish(g);
	}
	return 0;
}
