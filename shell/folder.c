/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "folder.h"
#include "checker/buf.h"
#include "checker/err.h"

#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <string.h>

/* By bytes: the locale must not change the order. */
static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool passed_over(const FTSENT *f)
{
	return f->fts_name[0] == '.' ||
	       (f->fts_namelen && f->fts_name[f->fts_namelen - 1] == '~');
}

static int keep(struct strv *out, const char *name, struct err *e)
{
	if (out->n >= FOLDER_MAX)
		return err_set(e, ERR_LESSON, 0, "more than %d files",
			       FOLDER_MAX);
	return strv_add(out, name) == 0
		       ? 0
		       : err_set(e, ERR_ENV, ENOMEM, "cannot read a folder");
}

static int visit(struct strv *out, FTS *tree, FTSENT *f, size_t root,
		 enum folder_what what, struct err *e)
{
	bool dir = f->fts_info == FTS_D;

	if (f->fts_level == 0 || f->fts_info == FTS_DP)
		return 0;
	if (f->fts_info == FTS_DNR || f->fts_info == FTS_ERR)
		return err_set(e, ERR_ENV, f->fts_errno, "cannot read it");
	if (dir && (passed_over(f) || what == FOLDER_DIRS))
		fts_set(tree, f, FTS_SKIP);
	if (passed_over(f) || dir != (what == FOLDER_DIRS))
		return 0;
	return keep(out, f->fts_path + root + 1, e);
}

int folder_names(struct strv *out, const char *dir, enum folder_what what,
		 struct err *e)
{
	char *roots[] = {(char *)dir, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	int ret = 0;
	FTSENT *f;

	if (!tree)
		return err_set(e, ERR_ENV, errno, "cannot read a folder");
	while (ret == 0 && (f = fts_read(tree)))
		if (f->fts_info != FTS_NS || f->fts_level > 0)
			ret = visit(out, tree, f, strlen(dir), what, e);
	fts_close(tree);
	if (ret < 0)
		err_where(e, "%s", dir);
	return ret;
}
