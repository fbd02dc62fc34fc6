/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps of a lesson: which is at work, which are done, what was predicted. */
#include "progress-int.h"
#include "checker/err.h"

#include <time.h>

int progress_step(struct progress *p, const char *slug, char **name,
		  struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*name = NULL;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e, "SELECT step FROM lesson WHERE slug = ?", "s",
		       slug);
	r = st ? sql_step(st, e) : -1;
	if (r == 1)
		*name = sql_text(st, 0);
	sqlite3_finalize(st);
	return r < 0 ? -1 : 0;
}

int progress_set_step(struct progress *p, const char *slug, const char *name,
		      struct err *e)
{
	int r;

	if (progress_begin(p, e) < 0)
		return -1;
	r = progress_note_started(p, slug, time(NULL), e);
	if (r == 0)
		r = sql_run(p->db, e,
			    "UPDATE lesson SET step = ? WHERE slug = ?", "ss",
			    name, slug);
	return progress_commit(p, r, e);
}

int progress_step_done(struct progress *p, const char *slug, const char *name,
		       struct err *e)
{
	if (progress_open(p, e) < 0)
		return -1;
	return sql_run(p->db, e,
		       "INSERT OR IGNORE INTO step(slug, name, done_at)"
		       " VALUES(?, ?, ?)",
		       "ssi", slug, name, (int64_t)time(NULL));
}

int progress_step_undone(struct progress *p, const char *slug, const char *name,
			 struct err *e)
{
	if (progress_open(p, e) < 0)
		return -1;
	return sql_run(p->db, e, "DELETE FROM step WHERE slug = ? AND name = ?",
		       "ss", slug, name);
}

int progress_steps_done(struct progress *p, const char *slug, struct strv *out,
			struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	if (r <= 0)
		return r;
	st = sql_query(p->db, e, "SELECT name FROM step WHERE slug = ?", "s",
		       slug);
	r = st ? 0 : -1;
	while (st && (r = sql_step(st, e)) == 1) {
		const char *s = (const char *)sqlite3_column_text(st, 0);

		if (strv_add(out, s ? s : "") < 0) {
			r = progress_no_memory(e);
			break;
		}
	}
	sqlite3_finalize(st);
	return r;
}

int progress_predict(struct progress *p, const char *slug, const char *step,
		     unsigned choice, bool correct, struct err *e)
{
	if (progress_open(p, e) < 0)
		return -1;
	return sql_run(p->db, e,
		       "INSERT INTO prediction(slug, step, choice, correct, at)"
		       " VALUES(?, ?, ?, ?, ?)",
		       "ssiii", slug, step, (int64_t)choice, (int64_t)correct,
		       (int64_t)time(NULL));
}

int progress_predicted(struct progress *p, const char *slug, const char *step,
		       unsigned *choice, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	if (r <= 0)
		return r;
	st = sql_query(p->db, e,
		       "SELECT choice FROM prediction WHERE slug = ?"
		       " AND step = ? ORDER BY id LIMIT 1",
		       "ss", slug, step);
	r = st ? sql_step(st, e) : -1;
	if (r == 1)
		*choice = (unsigned)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return r;
}
