/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "variant.h"
#include "diag.h"
#include "err.h"

#include <errno.h>
#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX    ((size_t)1 << 20)
#define LINES_SHOWN 9 /* of each file */
#define GONE_SHOWN  5 /* of these, so that some of what came is seen too */
#define LINES_MAX   1000

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

int variant_files(struct strv *out, const struct spec *spec, const char *name,
		  struct err *e)
{
	char dir[4200];
	char *roots[] = {dir, NULL};
	FTSENT *f;
	FTS *tree;
	int ret = 0;

	snprintf(dir, sizeof(dir), "%s/variant/%s", spec->dir, name);
	tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	while (tree && ret == 0 && (f = fts_read(tree)))
		if (f->fts_info == FTS_F && f->fts_name[0] != '.')
			ret = strv_add(out, f->fts_path + strlen(dir) + 1);
	if (!tree || ret < 0)
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot read a variant");
	if (tree)
		fts_close(tree);
	if (ret == 0 && out->n == 0) {
		err_set(e, ERR_LESSON, 0, "a variant has no files");
		ret = err_where(e, "%s", dir);
	}
	return ret;
}

/* ---- what is changed ---- */

struct lines {
	struct buf text;
	const char **v; /* each up to its newline, or the end */
	size_t n;
};

static void lines_release(struct lines *l)
{
	buf_release(&l->text);
	free(l->v);
}

static int lines_of(struct lines *l, struct err *e)
{
	size_t most = 1;

	for (const char *p = buf_str(&l->text); *p; p++)
		most += *p == '\n';
	l->v = calloc(most, sizeof(*l->v));
	if (!l->v)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read a variant");
	for (const char *p = buf_str(&l->text); *p && l->n < most;) {
		l->v[l->n++] = p;
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return 0;
}

static bool is_same(const char *a, const char *b)
{
	size_t n = strcspn(a, "\n");

	return n == strcspn(b, "\n") && memcmp(a, b, n) == 0;
}

/* How long the longest common run of lines from @i and @j on is. */
struct common {
	size_t cols;
	uint16_t *v;
};

static uint16_t *common_at(const struct common *c, size_t i, size_t j)
{
	return &c->v[i * c->cols + j];
}

static void fill(struct common *c, const struct lines *was,
		 const struct lines *is)
{
	for (size_t i = was->n; i-- > 0;)
		for (size_t j = is->n; j-- > 0;) {
			uint16_t a = *common_at(c, i + 1, j);
			uint16_t b = *common_at(c, i, j + 1);

			*common_at(c, i, j) =
				is_same(was->v[i], is->v[j])
					? *common_at(c, i + 1, j + 1) + 1
				: a > b ? a
					: b;
		}
}

struct shown {
	size_t lines, gone, left_out;
};

static void add_line(struct buf *out, char sign, const char *line,
		     struct shown *s)
{
	if (s->lines == LINES_SHOWN || (sign == '-' && s->gone == GONE_SHOWN)) {
		s->left_out++;
		return;
	}
	s->lines++;
	s->gone += sign == '-';
	buf_addf(out, "%c %.*s\n", sign, (int)strcspn(line, "\n"), line);
}

static void walk(struct buf *out, const struct common *c,
		 const struct lines *was, const struct lines *is)
{
	struct shown shown = {0};
	size_t i = 0, j = 0;

	while (i < was->n || j < is->n) {
		if (i < was->n && j < is->n && is_same(was->v[i], is->v[j])) {
			i++;
			j++;
		} else if (j == is->n ||
			   (i < was->n && *common_at(c, i + 1, j) >=
						  *common_at(c, i, j + 1))) {
			add_line(out, '-', was->v[i++], &shown);
		} else {
			add_line(out, '+', is->v[j++], &shown);
		}
	}
	if (shown.left_out)
		buf_addf(out, "(and %zu lines more)\n", shown.left_out);
}

static int add_changes(struct buf *out, const struct lines *was,
		       const struct lines *is, struct err *e)
{
	struct common c = {.cols = is->n + 1};

	if (was->n > LINES_MAX || is->n > LINES_MAX) {
		buf_adds(out, "(more than can be shown)\n");
		return 0;
	}
	c.v = calloc((was->n + 1) * c.cols, sizeof(*c.v));
	if (!c.v)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read a variant");
	fill(&c, was, is);
	walk(out, &c, was, is);
	free(c.v);
	return 0;
}

static int show_file(struct buf *out, const struct spec *spec, const char *name,
		     const char *file, struct err *e)
{
	struct lines was = {.n = 0}, is = {.n = 0};
	char path[4400];
	int ret;

	snprintf(path, sizeof(path), "%s/variant/%s/%s", spec->dir, name, file);
	ret = buf_read_file(&is.text, path, FILE_MAX, e);
	if (ret == 0) {
		snprintf(path, sizeof(path), "%s/solution/%s", spec->dir, file);
		/* There need not be one of that name. */
		buf_read_file(&was.text, path, FILE_MAX, NULL);
		if (lines_of(&was, e) == 0 && lines_of(&is, e) == 0) {
			buf_addf(out, "%s, changed:\n", file);
			ret = add_changes(out, &was, &is, e);
		} else {
			ret = -1;
		}
	}
	lines_release(&was);
	lines_release(&is);
	return ret;
}

int variant_show(struct buf *out, const struct spec *spec, const char *name,
		 struct err *e)
{
	struct strv files = STRV_INIT;
	int ret = variant_files(&files, spec, name, e);

	for (size_t i = 0; ret == 0 && i < files.n; i++)
		ret = show_file(out, spec, name, files.v[i], e);
	strv_release(&files);
	return ret;
}

/* ---- what is reported ---- */

static bool is_report(const struct variant_spec *v, const struct diag *d)
{
	return d->level == DIAG_ERROR && (!v->code || diag_is(d, v->code)) &&
	       (!v->says || strstr(d->message, v->says) ||
		strstr(d->text, v->says));
}

const struct diag *variant_report(const struct variant_spec *v,
				  const struct diag *diags, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_report(v, &diags[i]))
			return &diags[i];
	return NULL;
}
