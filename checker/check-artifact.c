/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of the files that were built goes to the guest. */
#include "check-int.h"
#include "stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *check_artifact(const struct check *c, const char *name)
{
	char *path = NULL;

	/* The instructor's first: a learner cannot put one in its place. */
	if (c->tests) {
		if (asprintf(&path, "%s/%s", c->tests, name) < 0)
			return NULL;
		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	if (asprintf(&path, "%s/" KBUILD_GUEST_DIR "/%s", c->stage, name) < 0)
		return NULL;
	/* A build may leave a link there, which leads out of its box. */
	if (stage_has(c->stage, path + strlen(c->stage) + 1))
		return path;
	free(path);
	return NULL;
}

const char *check_unmade(const struct check *c)
{
	const struct spec *spec = c->req->spec;

	for (size_t i = 0; i < spec->nplan; i++) {
		const struct plan_step *step = &spec->plan[i];
		char *path;

		if (!plan_loads(step->op) || step->target[0] == '/')
			continue;
		path = check_artifact(c, step->target);
		free(path);
		if (!path)
			return step->target;
	}
	return NULL;
}
