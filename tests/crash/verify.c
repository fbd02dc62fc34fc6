/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verify STATE SLUG: is the progress sound, and is each version that it names
 * there and what it is named? Prints "attempts N", then "version NUMBER
 * REASON ATTEMPTS HASH" for each; what is wrong goes to standard error, and
 * the exit code is then 1.
 */
#include "checker/hash.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int bad;

static void complain(const char *what, const char *more)
{
	fprintf(stderr, "%s: %s\n", what, more);
	bad = 1;
}

static void verify_archive(const char *state, const char *slug,
			   const char *hash)
{
	char path[4096], hex[HASH_HEX_LEN + 1];

	snprintf(path, sizeof(path), "%s/versions/%s/%s.tar", state, slug,
		 hash);
	if (hash_hex_file(path, hex, NULL) < 0)
		complain("an archive cannot be read", path);
	else if (strcmp(hex, hash) != 0)
		complain("an archive is damaged", path);
}

static void each(sqlite3 *db, const char *sql, const char *slug,
		 void (*fn)(sqlite3_stmt *st, const char *state,
			    const char *slug),
		 const char *state)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
		complain(sql, sqlite3_errmsg(db));
		return;
	}
	sqlite3_bind_text(st, 1, slug, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		fn(st, state, slug);
	if (rc != SQLITE_DONE)
		complain(sql, sqlite3_errmsg(db));
	sqlite3_finalize(st);
}

static void on_integrity(sqlite3_stmt *st, const char *state, const char *slug)
{
	const char *said = (const char *)sqlite3_column_text(st, 0);

	if (strcmp(said, "ok") != 0)
		complain("integrity_check", said);
}

static void on_foreign(sqlite3_stmt *st, const char *state, const char *slug)
{
	complain("a row names one that is not there",
		 (const char *)sqlite3_column_text(st, 0));
}

static void on_attempts(sqlite3_stmt *st, const char *state, const char *slug)
{
	printf("attempts %d\n", sqlite3_column_int(st, 0));
}

static void on_version(sqlite3_stmt *st, const char *state, const char *slug)
{
	const char *hash = (const char *)sqlite3_column_text(st, 3);

	printf("version %d %s %d %s\n", sqlite3_column_int(st, 0),
	       (const char *)sqlite3_column_text(st, 1),
	       sqlite3_column_int(st, 2), hash);
	verify_archive(state, slug, hash);
}

int main(int argc, char **argv)
{
	char path[4096];
	sqlite3 *db;

	if (argc < 3)
		return 2;
	snprintf(path, sizeof(path), "%s/progress.db", argv[1]);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		complain(path, sqlite3_errmsg(db));
		return 1;
	}
	each(db, "PRAGMA integrity_check", argv[2], on_integrity, argv[1]);
	each(db, "PRAGMA foreign_key_check", argv[2], on_foreign, argv[1]);
	each(db, "SELECT count(*) FROM attempt WHERE slug = ?", argv[2],
	     on_attempts, argv[1]);
	each(db,
	     "SELECT row_number() OVER (ORDER BY id), reason,"
	     " (SELECT count(*) FROM attempt a WHERE a.version = v.id), hash"
	     " FROM version v WHERE slug = ? ORDER BY id",
	     argv[2], on_version, argv[1]);
	sqlite3_close(db);
	return bad;
}
