/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "odd.h"
#include "lesson.h"
#include "checker/beneath.h"
#include "checker/err.h"
#include "checker/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int odd_file(const char *dir, const char *name, struct err *e)
{
	const char *odd = beneath_odd(dir, name);

	if (!odd)
		return 0;
	err_set(e, ERR_USAGE, 0, "%.80s is %s, not a file", name, odd);
	err_where(e, "%s/%s", dir, name);
	return err_next(e, ODD_NEXT);
}

int odd_any(const char *dir, const struct strv *names, struct err *e)
{
	for (size_t i = 0; i < names->n; i++)
		if (odd_file(dir, names->v[i], e) < 0)
			return -1;
	return 0;
}

static bool is_missing(const char *dir, const char *name)
{
	struct stat st;

	return beneath_lstat(dir, name, &st) < 0;
}

void odd_advise(struct verdict *v, const struct lesson *l, const char *dir)
{
	const struct strv *edit = &l->spec.edit;

	if (v->outcome != OUTCOME_BUILD_FAILED || v->next)
		return;
	if (odd_any(dir, edit, NULL) < 0) {
		v->next = strdup(ODD_NEXT ".");
		return;
	}
	for (size_t i = 0; i < edit->n && !v->next; i++)
		if (is_missing(dir, edit->v[i]) &&
		    asprintf(&v->next, "'start %s' lays it down again.",
			     l->spec.id) < 0)
			v->next = NULL;
}
