/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "progress-int.h"
#include "checker/err.h"
#include "sql.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct progress *progress_new(const char *path)
{
	struct progress *p = calloc(1, sizeof(*p));

	if (p)
		p->path = strdup(path);
	if (p && p->path)
		return p;
	progress_free(p);
	return NULL;
}

void progress_free(struct progress *p)
{
	if (!p)
		return;
	sqlite3_close(p->db);
	free(p->path);
	free(p);
}

int progress_open(struct progress *p, struct err *e)
{
	if (p->db)
		return 0;
	if (sql_open(&p->db, p->path, e) < 0)
		return -1;
	if (progress_upgrade(p->db, e) == 0)
		return 0;
	sqlite3_close(p->db);
	p->db = NULL;
	return -1;
}

int progress_open_to_read(struct progress *p, struct err *e)
{
	if (!p->db && access(p->path, F_OK) < 0 && errno == ENOENT)
		return 0;
	return progress_open(p, e) < 0 ? -1 : 1;
}

int progress_begin(struct progress *p, struct err *e)
{
	if (progress_open(p, e) < 0)
		return -1;
	return sql_exec(p->db, "BEGIN IMMEDIATE", e);
}

int progress_commit(struct progress *p, int r, struct err *e)
{
	if (r == 0 && sql_exec(p->db, "COMMIT", e) == 0)
		return 0;
	sql_exec(p->db, "ROLLBACK", NULL);
	return -1;
}

int progress_no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot read the progress");
}

int progress_current(struct progress *p, char **slug, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*slug = NULL;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e,
		       "SELECT value FROM setting WHERE name='current'", "");
	if (!st)
		return -1;
	r = sql_step(st, e);
	if (r == 1)
		*slug = sql_text(st, 0);
	sqlite3_finalize(st);
	return r < 0 ? -1 : 0;
}

/* ---- lessons ---- */

#define LESSON_COLUMNS                                                         \
	"l.slug, l.started_at, l.passed_at, l.solution_at,"                    \
	" (SELECT count(*) FROM attempt a WHERE a.slug = l.slug),"             \
	" (SELECT count(*) FROM hint h WHERE h.slug = l.slug)"

static void read_lesson(sqlite3_stmt *st, struct progress_lesson *l)
{
	*l = (struct progress_lesson){
		.slug = sql_text(st, 0),
		.started_at = sqlite3_column_int64(st, 1),
		.passed_at = sqlite3_column_int64(st, 2),
		.solution_at = sqlite3_column_int64(st, 3),
		.attempts = (unsigned)sqlite3_column_int64(st, 4),
		.hints = (unsigned)sqlite3_column_int64(st, 5),
		.state = PROGRESS_STARTED,
	};
	if (l->passed_at)
		l->state = PROGRESS_PASSED;
}

void progress_lesson_release(struct progress_lesson *l)
{
	if (!l)
		return;
	free(l->slug);
	*l = (struct progress_lesson){.slug = NULL};
}

int progress_lesson(struct progress *p, const char *slug,
		    struct progress_lesson *out, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*out = (struct progress_lesson){.state = PROGRESS_NEW};
	if (r == 1) {
		st = sql_query(p->db, e,
			       "SELECT " LESSON_COLUMNS
			       " FROM lesson l WHERE l.slug = ?",
			       "s", slug);
		r = st ? sql_step(st, e) : -1;
		if (r == 1)
			read_lesson(st, out);
		sqlite3_finalize(st);
	}
	if (r == 0)
		out->slug = strdup(slug);
	if (r >= 0 && !out->slug)
		return progress_no_memory(e);
	return r < 0 ? -1 : 0;
}

bool progress_saw_solution(const struct progress_lesson *l)
{
	return l->passed_at && l->solution_at &&
	       l->passed_at > l->solution_at;
}

void progress_all_free(struct progress_lesson *l, size_t n)
{
	for (size_t i = 0; i < n; i++)
		progress_lesson_release(&l[i]);
	free(l);
}

static int read_all(sqlite3_stmt *st, struct progress_lesson **out, size_t *n,
		    struct err *e)
{
	int r;

	while ((r = sql_step(st, e)) == 1) {
		struct progress_lesson *more;

		more = reallocarray(*out, *n + 1, sizeof(*more));
		if (!more)
			return progress_no_memory(e);
		*out = more;
		read_lesson(st, &more[*n]);
		if (!more[(*n)++].slug)
			return progress_no_memory(e);
	}
	return r;
}

int progress_all(struct progress *p, struct progress_lesson **out, size_t *n,
		 struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*out = NULL;
	*n = 0;
	if (r <= 0)
		return r;
	st = sql_query(
		p->db, e,
		"SELECT " LESSON_COLUMNS " FROM lesson l ORDER BY l.slug", "");
	r = st ? read_all(st, out, n, e) : -1;
	sqlite3_finalize(st);
	if (r < 0) {
		progress_all_free(*out, *n);
		*out = NULL;
		*n = 0;
	}
	return r;
}

int progress_note_started(struct progress *p, const char *slug, int64_t at,
			  struct err *e)
{
	return sql_run(p->db, e,
		       "INSERT OR IGNORE INTO lesson(slug, started_at)"
		       " VALUES(?, ?)",
		       "si", slug, at);
}

int progress_start(struct progress *p, const char *slug, struct err *e)
{
	int r;

	if (progress_begin(p, e) < 0)
		return -1;
	r = progress_note_started(p, slug, time(NULL), e);
	if (r == 0)
		r = sql_run(p->db, e,
			    "INSERT INTO setting VALUES('current', ?1)"
			    " ON CONFLICT(name) DO UPDATE SET value = ?1",
			    "s", slug);
	return progress_commit(p, r, e);
}

/* ---- attempts ---- */

static int add_attempt(sqlite3 *db, const struct attempt *a, struct err *e)
{
	return sql_run(db, e,
		       "INSERT INTO attempt(slug, at, ms, verdict, earned,"
		       " possible, seed, hints, version)"
		       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
		       " (SELECT count(*) FROM hint WHERE slug = ?1),"
		       " nullif(?8, 0))",
		       "siisiiii", a->slug, a->at, a->ms, a->verdict,
		       (int64_t)a->earned, (int64_t)a->possible,
		       (int64_t)a->seed, a->version);
}

static int add_keys(sqlite3 *db, const struct attempt *a, struct err *e)
{
	int64_t id = sqlite3_last_insert_rowid(db);

	for (size_t i = 0; i < a->keys.n; i++)
		if (sql_run(db, e, "INSERT INTO failure VALUES(?, ?, ?)", "iis",
			    id, (int64_t)i, a->keys.v[i]) < 0)
			return -1;
	return 0;
}

int progress_attempt(struct progress *p, const struct attempt *a, struct err *e)
{
	int r;

	if (progress_begin(p, e) < 0)
		return -1;
	r = progress_note_started(p, a->slug, a->at, e);
	if (r == 0)
		r = add_attempt(p->db, a, e);
	if (r == 0)
		r = add_keys(p->db, a, e);
	if (r == 0 && a->passed)
		r = sql_run(p->db, e,
			    "UPDATE lesson SET passed_at = ?"
			    " WHERE slug = ? AND passed_at IS NULL",
			    "is", a->at, a->slug);
	return progress_commit(p, r, e);
}

static int read_keys(sqlite3 *db, int64_t id, struct strv *keys, struct err *e)
{
	sqlite3_stmt *st = sql_query(db, e,
				     "SELECT key FROM failure"
				     " WHERE attempt = ? ORDER BY rank",
				     "i", id);
	int r = st ? 0 : -1;

	while (st && (r = sql_step(st, e)) == 1) {
		const char *s = (const char *)sqlite3_column_text(st, 0);

		if (strv_add(keys, s ? s : "") < 0) {
			r = progress_no_memory(e);
			break;
		}
	}
	sqlite3_finalize(st);
	return r;
}

int progress_last(struct progress *p, const char *slug, char **verdict,
		  struct strv *keys, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;
	int64_t id = 0;

	*verdict = NULL;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e,
		       "SELECT id, verdict FROM attempt WHERE slug = ?"
		       " ORDER BY id DESC LIMIT 1",
		       "s", slug);
	r = st ? sql_step(st, e) : -1;
	if (r == 1) {
		id = sqlite3_column_int64(st, 0);
		*verdict = sql_text(st, 1);
	}
	sqlite3_finalize(st);
	if (r == 1)
		r = *verdict ? read_keys(p->db, id, keys, e)
			     : progress_no_memory(e);
	return r;
}

/* ---- hints ---- */

int progress_hints(struct progress *p, const char *slug, const char *key,
		   unsigned *n, struct err *e)
{
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*n = 0;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e,
		       "SELECT count(*) FROM hint WHERE slug = ? AND key = ?",
		       "ss", slug, key);
	r = st ? sql_step(st, e) : -1;
	if (r == 1)
		*n = (unsigned)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return r < 0 ? -1 : 0;
}

int progress_hint(struct progress *p, const char *slug, const char *key,
		  struct err *e)
{
	if (progress_open(p, e) < 0)
		return -1;
	return sql_run(p->db, e,
		       "INSERT INTO hint(slug, key, at) VALUES(?, ?, ?)", "ssi",
		       slug, key, (int64_t)time(NULL));
}
