/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Versions of the work, with what came of checking them. */
#include "progress-int.h"
#include "checker/err.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * A version with the same files: *@id, *@number; 0: none. Checks are events in
 * their order: for one only the newest will do. What is put away is to be
 * found again, and any will.
 */
static int find_same(sqlite3 *db, const char *slug, const char *hash,
		     bool newest, int64_t *id, unsigned *number, struct err *e)
{
	static const char query[] =
		"WITH v AS (SELECT id, hash,"
		"  row_number() OVER (ORDER BY id) AS number"
		"  FROM version WHERE slug = ?1)"
		" SELECT id, number FROM v WHERE hash = ?2"
		"  AND (?3 = 0 OR id = (SELECT max(id) FROM v))"
		" ORDER BY id DESC LIMIT 1";
	sqlite3_stmt *st =
		sql_query(db, e, query, "ssi", slug, hash, (int64_t)newest);
	int r = st ? sql_step(st, e) : -1;

	*id = 0;
	if (r == 1) {
		*id = sqlite3_column_int64(st, 0);
		*number = (unsigned)sqlite3_column_int64(st, 1);
	}
	sqlite3_finalize(st);
	return r < 0 ? -1 : 0;
}

int progress_version_add(struct progress *p, const char *slug, const char *hash,
			 const char *reason, int64_t *id, unsigned *number,
			 struct err *e)
{
	bool check = strcmp(reason, "check") == 0;
	int64_t now = time(NULL);
	int r;

	if (progress_begin(p, e) < 0)
		return -1;
	r = find_same(p->db, slug, hash, check, id, number, e);
	if (r == 0 && !*id) {
		r = sql_run(p->db, e,
			    "INSERT INTO version(slug, hash, reason, at)"
			    " VALUES(?, ?, ?, ?)",
			    "sssi", slug, hash, reason, now);
		if (r == 0)
			r = find_same(p->db, slug, hash, true, id, number, e);
	}
	return progress_commit(p, r, e);
}

void progress_versions_free(struct progress_version *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].hash);
		free(v[i].reason);
		free(v[i].verdict);
	}
	free(v);
}

/* The columns are those of the query in progress_versions(). */
static void read_version(sqlite3_stmt *st, struct progress_version *v)
{
	*v = (struct progress_version){
		.id = sqlite3_column_int64(st, 0),
		.number = (unsigned)sqlite3_column_int64(st, 1),
		.hash = sql_text(st, 2),
		.reason = sql_text(st, 3),
		.at = sqlite3_column_int64(st, 4),
		.checks = (unsigned)sqlite3_column_int64(st, 5),
		.verdict = sql_text(st, 6),
		.checked_at = sqlite3_column_int64(st, 7),
		.ms = sqlite3_column_int64(st, 8),
		.earned = (unsigned)sqlite3_column_int64(st, 9),
		.possible = (unsigned)sqlite3_column_int64(st, 10),
		.hints = (unsigned)sqlite3_column_int64(st, 11),
	};
}

static int read_versions(sqlite3_stmt *st, struct progress_version **out,
			 size_t *n, struct err *e)
{
	int r;

	while ((r = sql_step(st, e)) == 1) {
		struct progress_version *more;

		more = reallocarray(*out, *n + 1, sizeof(*more));
		if (!more)
			return progress_no_memory(e);
		*out = more;
		read_version(st, &more[*n]);
		if (!more[(*n)++].reason)
			return progress_no_memory(e);
	}
	return r;
}

int progress_versions(struct progress *p, const char *slug,
		      struct progress_version **out, size_t *n, struct err *e)
{
	static const char query[] =
		"WITH last AS (SELECT version, max(id) AS id,"
		"  count(*) AS checks FROM attempt"
		"  WHERE slug = ?1 AND version IS NOT NULL GROUP BY version)"
		" SELECT v.id, row_number() OVER (ORDER BY v.id), v.hash,"
		"  v.reason, v.at AS at, last.checks, a.verdict, a.at, a.ms,"
		"  a.earned, a.possible, a.hints"
		" FROM version v LEFT JOIN last ON last.version = v.id"
		" LEFT JOIN attempt a ON a.id = last.id WHERE v.slug = ?1"
		" UNION ALL"
		" SELECT 0, 0, NULL, 'check', at, 1, verdict, at, ms, earned,"
		"  possible, hints"
		" FROM attempt WHERE slug = ?1 AND version IS NULL"
		" ORDER BY at, 1";
	int r = progress_open_to_read(p, e);
	sqlite3_stmt *st;

	*out = NULL;
	*n = 0;
	if (r <= 0)
		return r;
	st = sql_query(p->db, e, query, "s", slug);
	r = st ? read_versions(st, out, n, e) : -1;
	sqlite3_finalize(st);
	if (r < 0) {
		progress_versions_free(*out, *n);
		*out = NULL;
		*n = 0;
	}
	return r;
}

int progress_solution(struct progress *p, const char *slug, struct err *e)
{
	int64_t now = time(NULL);
	int r;

	if (progress_begin(p, e) < 0)
		return -1;
	r = progress_note_started(p, slug, now, e);
	if (r == 0)
		r = sql_run(p->db, e,
			    "UPDATE lesson SET solution_at = ?"
			    " WHERE slug = ? AND solution_at IS NULL",
			    "is", now, slug);
	return progress_commit(p, r, e);
}
