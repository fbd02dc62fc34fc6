/* SPDX-License-Identifier: GPL-2.0-or-later */
/* progress: how long somebody was at each lesson, by the day. */
#include "checker/err.h"
#include "progress-int.h"

#include <stdlib.h>

enum { DAY = 24 * 60 * 60 };

int progress_spend(struct progress *p, const char *slug, int64_t at,
		   int64_t seconds, struct err *e)
{
	if (progress_open(p, e) < 0)
		return -1;
	return sql_run(p->db, e,
		       "INSERT INTO spent VALUES(?1, ?2, ?3)"
		       " ON CONFLICT(slug, day)"
		       " DO UPDATE SET seconds = seconds + ?3",
		       "sii", slug, at / DAY, seconds);
}

static int read_spent(sqlite3_stmt *st, struct progress_spent **out, size_t *n,
		      struct err *e)
{
	int r;

	while ((r = sql_step(st, e)) == 1) {
		struct progress_spent *more;

		more = reallocarray(*out, *n + 1, sizeof(*more));
		if (!more)
			return progress_no_memory(e);
		*out = more;
		more[*n] = (struct progress_spent){
			.slug = sql_text(st, 0),
			.seconds = sqlite3_column_int64(st, 1),
			.today = sqlite3_column_int64(st, 2),
		};
		if (!more[(*n)++].slug)
			return progress_no_memory(e);
	}
	return r;
}

int progress_spent(struct progress *p, int64_t now, struct progress_spent **out,
		   size_t *n, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*out = NULL;
	*n = 0;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e,
		       "SELECT slug, sum(seconds),"
		       " sum(CASE WHEN day = ? THEN seconds ELSE 0 END)"
		       " FROM spent GROUP BY slug ORDER BY slug",
		       "i", now / DAY);
	r = st ? read_spent(st, out, n, e) : -1;
	sqlite3_finalize(st);
	if (r < 0) {
		progress_spent_free(*out, *n);
		*out = NULL;
		*n = 0;
	}
	return r;
}

void progress_spent_free(struct progress_spent *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(v[i].slug);
	free(v);
}
