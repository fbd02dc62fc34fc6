/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which suites are the instructor's, and in which test module they are. */
#include "check-int.h"
#include "err.h"
#include "rules.h"
#include "suites.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int add_home(struct check *c, const char *suite, const char *module)
{
	struct suite_home *v = (struct suite_home *)c->ev.homes;

	v = realloc(v, (c->ev.nhomes + 1) * sizeof(*v));
	if (!v)
		return -1;
	c->ev.homes = v;
	v[c->ev.nhomes] = (struct suite_home){
		.suite = strdup(suite),
		.module = strdup(module),
	};
	c->ev.nhomes++;
	return v[c->ev.nhomes - 1].suite && v[c->ev.nhomes - 1].module ? 0 : -1;
}

static int add_suites(struct check *c, const char *path, const char *module,
		      struct err *e)
{
	struct strv names = STRV_INIT;
	int ret = suites_read(&names, path, e);

	for (size_t i = 0; ret == 0 && i < names.n; i++) {
		ret = add_home(c, names.v[i], module);
		if (ret < 0)
			err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	strv_release(&names);
	return ret;
}

int check_homes(struct check *c, struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct strv done = STRV_INIT;
	int ret = 0;

	/* One run of several after another: they are the same. */
	if (c->ev.nhomes > 0)
		return 0;
	for (size_t i = 0; ret == 0 && c->tests && i < spec->nplan; i++) {
		const struct plan_step *step = &spec->plan[i];
		char *path;

		if (step->op != PLAN_INSMOD || step->target[0] == '/' ||
		    strv_has(&done, step->target))
			continue;
		path = check_artifact(c, step->target);
		if (path && strncmp(path, c->tests, strlen(c->tests)) == 0)
			ret = add_suites(c, path, step->target, e);
		free(path);
		if (ret == 0 && strv_add(&done, step->target) < 0)
			ret = err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	strv_release(&done);
	return ret;
}

void check_homes_release(struct check *c)
{
	struct suite_home *v = (struct suite_home *)c->ev.homes;

	for (size_t i = 0; i < c->ev.nhomes; i++) {
		free(v[i].suite);
		free(v[i].module);
	}
	free(v);
	rules_free(c->ev.rules, c->req->spec->nchecks);
	c->ev.rules = NULL;
	c->ev.homes = NULL;
	c->ev.nhomes = 0;
}
