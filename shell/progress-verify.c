/* SPDX-License-Identifier: GPL-2.0-or-later */
/* progress: whether the file is whole. */
#include "checker/err.h"
#include "progress-int.h"

#include <stdlib.h>
#include <string.h>

static int damaged(struct progress *p, const char *how, struct err *e)
{
	err_set(e, ERR_ENV, 0, "the progress is damaged (%.100s)", how);
	err_where(e, "%s", p->path);
	return err_next(e,
			"'sqlite3 %s .recover' prints what is left of it; "
			"moved away, a new one is begun, and your files "
			"stay as they are",
			p->path);
}

/* A row "ok", or rows that say what is wrong: sqlite.org/pragma.html. */
static int check_pages(struct progress *p, struct err *e)
{
	sqlite3_stmt *st = sql_query(p->db, e, "PRAGMA quick_check(1)", "");
	int r = st ? sql_step(st, e) : -1;
	char *said = r == 1 ? sql_text(st, 0) : NULL;

	sqlite3_finalize(st);
	if (r == 1 && said && strcmp(said, "ok") != 0)
		r = damaged(p, said, e);
	free(said);
	return r < 0 ? -1 : 0;
}

int progress_verify(struct progress *p, unsigned *lessons, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*lessons = 0;
	if (r <= 0)
		return r;
	if (check_pages(p, e) < 0)
		return -1;
	st = sql_query(p->db, e, "SELECT count(*) FROM lesson", "");
	r = st ? sql_step(st, e) : -1;
	if (r == 1)
		*lessons = (unsigned)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return r < 0 ? -1 : 0;
}
