/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a lesson is to be tried. */
#include "proof.h"
#include "checker/err.h"
#include "folder.h"
#include "lesson.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_case(struct proof_plan *p, enum proof_kind kind,
		    const char *folder, const char *name,
		    const struct lesson_wrong *wrong, struct err *e)
{
	struct proof_case *v = reallocarray(p->v, p->n + 1, sizeof(*v));
	char *full;

	if (v)
		p->v = v;
	if (!v ||
	    asprintf(&full, "%s%s%s", folder, *folder ? "/" : "", name) < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot prove the lesson");
	v[p->n++] = (struct proof_case){kind, full, wrong, 0};
	return 0;
}

static int add_alts(struct proof_plan *p, const struct lesson *l, struct err *e)
{
	struct strv names = STRV_INIT;
	char dir[4200];
	int ret;

	snprintf(dir, sizeof(dir), "%s/alt", l->spec.dir);
	ret = folder_names(&names, dir, FOLDER_DIRS, e);
	for (size_t i = 0; ret == 0 && i < names.n; i++)
		ret = add_case(p, PROOF_ALT, "alt", names.v[i], NULL, e);
	strv_release(&names);
	return ret;
}

/* Whether somebody can begin after write step @i, with more to write. */
static bool is_between(const struct lesson *l, size_t i)
{
	if (l->steps[i].kind != LESSON_WRITE)
		return false;
	while (++i < l->nsteps)
		if (l->steps[i].kind == LESSON_WRITE)
			return true;
	return false;
}

static int add_steps(struct proof_plan *p, const struct lesson *l,
		     enum proof_kind kind, struct err *e)
{
	bool try = kind == PROOF_TRY;

	for (size_t i = 0; i < l->nsteps; i++) {
		if (try ? !l->steps[i].try : !is_between(l, i))
			continue;
		if (add_case(p, kind, try ? "try" : "step", l->steps[i].name,
			     NULL, e) < 0)
			return -1;
		p->v[p->n - 1].step = i;
	}
	return 0;
}

static bool is_tried(const struct lesson *l, const char *name)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (l->steps[i].try && strcmp(l->steps[i].try, name) == 0)
			return true;
	return false;
}

/* An experiment of no question would be proved by nobody. */
static int look_at_tries(const struct lesson *l, struct err *e)
{
	struct strv names = STRV_INIT;
	char dir[4200];
	int ret;

	snprintf(dir, sizeof(dir), "%s/try", l->spec.dir);
	ret = folder_names(&names, dir, FOLDER_DIRS, e);
	for (size_t i = 0; ret == 0 && i < names.n; i++) {
		if (is_tried(l, names.v[i]))
			continue;
		err_set(e, ERR_LESSON, 0, "no predict step uses try/%.200s/",
			names.v[i]);
		ret = err_where(e, "%s", l->spec.dir);
	}
	strv_release(&names);
	return ret;
}

int proof_plan_make(struct proof_plan *p, const struct lesson *l, struct err *e)
{
	int ret;

	*p = (struct proof_plan){.v = NULL};
	if (look_at_tries(l, e) < 0)
		return -1;
	ret = add_case(p, PROOF_SOLUTION, "", "solution", NULL, e);
	if (ret == 0)
		ret = add_case(p, PROOF_STARTER, "", "starter", NULL, e);
	if (ret == 0)
		ret = add_alts(p, l, e);
	for (size_t i = 0; ret == 0 && i < l->nwrongs; i++)
		ret = add_case(p, PROOF_WRONG, "wrong", l->wrongs[i].name,
			       &l->wrongs[i], e);
	if (ret == 0)
		ret = add_steps(p, l, PROOF_STEP, e);
	if (ret == 0)
		ret = add_steps(p, l, PROOF_TRY, e);
	if (ret < 0)
		proof_plan_release(p);
	return ret;
}

void proof_plan_release(struct proof_plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i].name);
	free(p->v);
	*p = (struct proof_plan){.v = NULL};
}

const struct proof_case *proof_plan_find(const struct proof_plan *p,
					 const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].name, name) == 0)
			return &p->v[i];
	return NULL;
}
