/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "variant.h"
#include "diag.h"
#include "err.h"
#include "proc.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIFF_MAX    ((size_t)4 << 20)
#define DIFF_MS	    20000
#define LINES_SHOWN 9 /* of each file */
#define GONE_SHOWN  5 /* of these, so that some of what came is seen too */

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

struct shown {
	size_t lines, gone, left_out;
};

static void add_line(struct buf *out, const char *line, struct shown *s)
{
	bool gone = *line == '-';

	if (s->lines == LINES_SHOWN || (gone && s->gone == GONE_SHOWN)) {
		s->left_out++;
		return;
	}
	s->lines++;
	s->gone += gone;
	buf_addf(out, "%c %.*s\n", *line, (int)strcspn(line + 1, "\n"),
		 line + 1);
}

/* Of `diff -U0`, the lines that went and came. */
static void add_changes(struct buf *out, const char *diff)
{
	struct shown shown = {0};
	bool head = true;

	for (const char *p = diff; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		if (*p == '@')
			head = false;
		else if (!head && (*p == '-' || *p == '+'))
			add_line(out, p, &shown);
	}
	if (shown.left_out)
		buf_addf(out, "(and %zu lines more)\n", shown.left_out);
}

static int show_file(struct buf *out, const struct spec *spec, const char *name,
		     const char *file, struct err *e)
{
	char was[4400], is[4400];
	const char *const argv[] = {"diff", "-a", "-N", "-U0", was, is, NULL};
	const struct proc_spec diff = {
		.argv = argv,
		.timeout_ms = DIFF_MS,
		.out_max = DIFF_MAX,
		.cancel_fd = -1,
	};
	struct proc_result r;
	int ret = 0;

	snprintf(was, sizeof(was), "%s/solution/%s", spec->dir, file);
	snprintf(is, sizeof(is), "%s/variant/%s/%s", spec->dir, name, file);
	if (proc_run(&r, &diff, e) < 0)
		return -1;
	if (r.end == PROC_EXITED && r.status <= 1) {
		buf_addf(out, "%s, changed:\n", file);
		add_changes(out, buf_str(&r.out));
	} else {
		err_set(e, ERR_ENV, 0, "diff, of the package diffutils, failed");
		ret = err_where(e, "%s", is);
	}
	proc_result_release(&r);
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
