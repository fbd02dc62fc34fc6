/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The learner's files and what was built of them, looked at before a guest. */
#include "check-int.h"
#include "err.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the plan loads, but for the instructor's own. */
static int screen_modules(struct check *c, struct buf *why, struct err *e)
{
	const struct spec *spec = c->req->spec;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < spec->nplan; i++) {
		const struct plan_step *step = &spec->plan[i];
		char *path;

		if (step->op != PLAN_INSMOD || step->target[0] == '/')
			continue;
		path = check_artifact(c, step->target);
		if (path && strncmp(path, c->stage, strlen(c->stage)) == 0)
			ret = screen_module(path, step->target,
					    &spec->kernel_symbols, why, e);
		free(path);
	}
	return ret;
}

static int answer(struct buf *text, char **why, int ret)
{
	*why = ret > 0 ? buf_steal(text) : NULL;
	buf_release(text);
	return ret;
}

int check_screen_sources(struct check *c, char **why, struct err *e)
{
	const struct strv *edit = &c->req->spec->edit;
	struct buf text = BUF_INIT;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < edit->n; i++) {
		char path[4200];

		snprintf(path, sizeof(path), "%s/%s", c->stage, edit->v[i]);
		ret = screen_source(path, edit->v[i], &text, e);
	}
	return answer(&text, why, ret);
}

int check_screen_modules(struct check *c, char **why, struct err *e)
{
	struct buf text = BUF_INIT;

	return answer(&text, why, screen_modules(c, &text, e));
}
