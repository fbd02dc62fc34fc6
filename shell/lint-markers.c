/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The markers of the solution: a slip there breaks all that is made of it. */
#include "checker/buf.h"
#include "checker/err.h"
#include "lesson.h"
#include "lint.h"
#include "starter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first write step that has the file. */
static const char *own_step(const struct lesson *l, const char *file)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (l->steps[i].kind == LESSON_WRITE &&
		    strv_has(&l->steps[i].files, file))
			return l->steps[i].name;
	return NULL;
}

/* "path:12": 12. */
static unsigned line_of(const struct err *e)
{
	const char *colon = strrchr(e->where, ':');

	return colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0;
}

static int look_at(struct lint *t, const char *file,
		   const struct strv *write_steps, struct err *e)
{
	struct buf text = BUF_INIT, starter = BUF_INIT;
	struct strv none = STRV_INIT;
	struct starter_steps steps = {
		.known = write_steps,
		.solved = &none,
		.own = own_step(t->l, file),
	};
	struct err why = ERR_INIT;
	char path[4400], name[300];
	int ret;

	snprintf(path, sizeof(path), "%s/solution/%s", t->l->spec.dir, file);
	snprintf(name, sizeof(name), "solution/%s", file);
	ret = buf_read_file(&text, path, LESSON_FILE_MAX, e);
	if (ret == 0 && starter_solve(&starter, buf_str(&text), text.len, name,
				      &steps, &why) < 0) {
		if (why.code == ERR_LESSON) {
			lint_add(t, LINT_ERROR, name, line_of(&why), "%s",
				 why.what);
		} else {
			*e = why;
			ret = -1;
		}
	}
	buf_release(&text);
	buf_release(&starter);
	return ret;
}

int lint_markers(struct lint *t, struct err *e)
{
	struct strv write_steps = STRV_INIT;
	int ret = 0;

	for (size_t i = 0; i < t->l->nsteps; i++)
		if (t->l->steps[i].kind == LESSON_WRITE &&
		    strv_add(&write_steps, t->l->steps[i].name) < 0)
			t->failed = true;
	for (size_t i = 0; ret == 0 && i < t->l->spec.edit.n; i++)
		ret = look_at(t, t->l->spec.edit.v[i], &write_steps, e);
	strv_release(&write_steps);
	return ret;
}
