/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that Kiln laid down, by hash: what else is there, is edited. */
#include "progress-int.h"
#include "checker/err.h"

#include <stdlib.h>

void progress_laid_free(struct progress_laid *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].file);
		free(v[i].hash);
	}
	free(v);
}

static int read_laid(sqlite3_stmt *st, struct progress_laid **out, size_t *n,
		     struct err *e)
{
	int r;

	while ((r = sql_step(st, e)) == 1) {
		struct progress_laid *more;

		more = reallocarray(*out, *n + 1, sizeof(*more));
		if (!more)
			return progress_no_memory(e);
		*out = more;
		more += (*n)++;
		more->file = sql_text(st, 0);
		more->hash = sql_text(st, 1);
		if (!more->file || !more->hash)
			return progress_no_memory(e);
	}
	return r;
}

int progress_laid(struct progress *p, const char *slug,
		  struct progress_laid **out, size_t *n, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*out = NULL;
	*n = 0;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e,
		       "SELECT file, hash FROM laid WHERE slug = ?"
		       " ORDER BY file",
		       "s", slug);
	r = st ? read_laid(st, out, n, e) : -1;
	sqlite3_finalize(st);
	if (r < 0) {
		progress_laid_free(*out, *n);
		*out = NULL;
		*n = 0;
	}
	return r;
}

int progress_lay(struct progress *p, const char *slug,
		 const struct progress_laid *v, size_t n, struct err *e)
{
	int r;

	if (progress_begin(p, e) < 0)
		return -1;
	r = sql_run(p->db, e, "DELETE FROM laid WHERE slug = ?", "s", slug);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = sql_run(p->db, e,
			    "INSERT OR REPLACE INTO laid VALUES(?, ?, ?)",
			    "sss", slug, v[i].file, v[i].hash);
	return progress_commit(p, r, e);
}
