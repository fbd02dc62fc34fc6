/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lint.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "lesson.h"
#include "lua-lesson.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lint_release(struct lint *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].file);
		free(t->v[i].what);
	}
	free(t->v);
	t->v = NULL;
	t->n = 0;
}

__attribute__((format(printf, 5, 0))) static void
add(struct lint *t, enum lint_level level, const char *file, unsigned line,
    const char *fmt, va_list ap)
{
	struct lint_finding *v = reallocarray(t->v, t->n + 1, sizeof(*v));
	char *name = strdup(file);
	char *what = NULL;

	if (v)
		t->v = v;
	if (!v || !name || vasprintf(&what, fmt, ap) < 0) {
		free(name);
		t->failed = true;
		return;
	}
	v[t->n++] = (struct lint_finding){level, name, line, what};
}

void lint_add(struct lint *t, enum lint_level level, const char *file,
	      unsigned line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(t, level, file, line, fmt, ap);
	va_end(ap);
}

/* The line of the field, then that of its table, then none. */
static unsigned field_line(const struct lint *t, const char *parent,
			   const char *field)
{
	struct buf b = BUF_INIT;
	char path[4200];
	int line = 0;

	snprintf(path, sizeof(path), "%s/lesson.lua", t->l->spec.dir);
	if (buf_read_file(&b, path, LESSON_SCRIPT_MAX, NULL) == 0) {
		line = lua_field_line(buf_str(&b), b.len, parent, field);
		if (!line && parent)
			line = lua_field_line(buf_str(&b), b.len, NULL, parent);
	}
	buf_release(&b);
	return line > 0 ? (unsigned)line : 0;
}

void lint_field(struct lint *t, enum lint_level level, const char *parent,
		const char *field, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(t, level, "lesson.lua", field_line(t, parent, field), fmt, ap);
	va_end(ap);
}

void lint_detail(struct lint *t, const char *what)
{
	if (t->detail)
		t->detail(t->arg, what);
}

static int by_place(const void *a, const void *b)
{
	const struct lint_finding *x = a, *y = b;
	int d = strcmp(x->file, y->file);

	if (d == 0)
		d = x->line < y->line ? -1 : x->line > y->line;
	return d ? d : strcmp(x->what, y->what);
}

void lint_sort(struct lint *t)
{
	size_t n = 0;

	if (t->n)
		qsort(t->v, t->n, sizeof(*t->v), by_place);
	for (size_t i = 0; i < t->n; i++) {
		if (n && by_place(&t->v[n - 1], &t->v[i]) == 0) {
			free(t->v[i].file);
			free(t->v[i].what);
		} else {
			t->v[n++] = t->v[i];
		}
	}
	t->n = n;
}

size_t lint_count(const struct lint *t, enum lint_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->v[i].level == level;
	return n;
}

static int look_at_builds(struct lint *t, struct err *e)
{
	struct lint_box *box;
	int ret = -1;

	if (lint_box_open(&box, t, e) < 0)
		return -1;
	if (lint_solution(t, box, e) == 0 && lint_codes(t, box, e) == 0 &&
	    lint_listings(t, box, e) == 0)
		ret = 0;
	lint_box_close(box);
	return ret;
}

int lint_all(struct lint *t, bool build, struct err *e)
{
	size_t n;

	if (lint_markers(t, e) < 0)
		return -1;
	n = t->n;
	if (lint_place(t, e) < 0 || lint_files(t, e) < 0 ||
	    lint_text(t, e) < 0 || lint_hints(t, e) < 0)
		return -1;
	if (build && n == 0 && look_at_builds(t, e) < 0)
		return -1;
	lint_sort(t);
	return t->failed ? err_set(e, ERR_ENV, ENOMEM, "cannot look") : 0;
}
