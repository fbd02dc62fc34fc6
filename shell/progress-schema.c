/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of progress, and how an older file becomes a newer one. */
#include "progress-int.h"
#include "checker/err.h"

#include <stdio.h>

/* What is on learners' disks: never edited, only added to. */
static const char *const schemas[] = {
	"CREATE TABLE lesson("
	" slug TEXT PRIMARY KEY,"
	" started_at INTEGER NOT NULL,"
	" passed_at INTEGER);"
	"CREATE TABLE attempt("
	" id INTEGER PRIMARY KEY,"
	" slug TEXT NOT NULL,"
	" at INTEGER NOT NULL,"
	" ms INTEGER NOT NULL,"
	" verdict TEXT NOT NULL,"
	" earned INTEGER NOT NULL,"
	" possible INTEGER NOT NULL,"
	" seed INTEGER NOT NULL,"
	" hints INTEGER NOT NULL);" /* taken before it, in this lesson */
	"CREATE INDEX attempt_slug ON attempt(slug);"
	"CREATE TABLE failure("
	" attempt INTEGER NOT NULL REFERENCES attempt(id),"
	" rank INTEGER NOT NULL,"
	" key TEXT NOT NULL,"
	" PRIMARY KEY(attempt, rank)) WITHOUT ROWID;"
	"CREATE TABLE hint("
	" id INTEGER PRIMARY KEY,"
	" slug TEXT NOT NULL,"
	" key TEXT NOT NULL,"
	" at INTEGER NOT NULL);"
	"CREATE INDEX hint_slug ON hint(slug, key);"
	"CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT)"
	" WITHOUT ROWID;",

	/* 2: steps, predictions, versions of the work, time */
	"ALTER TABLE lesson ADD COLUMN step TEXT;" /* the one at work */
	"ALTER TABLE lesson ADD COLUMN solution_at INTEGER;" /* was shown */
	"CREATE TABLE step("
	" slug TEXT NOT NULL,"
	" name TEXT NOT NULL,"
	" done_at INTEGER NOT NULL,"
	" PRIMARY KEY(slug, name)) WITHOUT ROWID;"
	"CREATE TABLE prediction("
	" id INTEGER PRIMARY KEY,"
	" slug TEXT NOT NULL,"
	" step TEXT NOT NULL,"
	" choice INTEGER NOT NULL," /* from 0 */
	" correct INTEGER NOT NULL,"
	" at INTEGER NOT NULL);"
	"CREATE INDEX prediction_step ON prediction(slug, step);"
	"CREATE TABLE version("
	" id INTEGER PRIMARY KEY,"
	" slug TEXT NOT NULL,"
	" hash TEXT NOT NULL," /* of the archive that holds it */
	" reason TEXT NOT NULL," /* check, reset, start, restore, solve */
	" at INTEGER NOT NULL);"
	"CREATE INDEX version_slug ON version(slug, id);"
	"ALTER TABLE attempt ADD COLUMN version INTEGER"
	" REFERENCES version(id);"
	"CREATE TABLE laid(" /* what Kiln put there: to tell edits */
	" slug TEXT NOT NULL,"
	" file TEXT NOT NULL,"
	" hash TEXT NOT NULL,"
	" PRIMARY KEY(slug, file)) WITHOUT ROWID;"
	"CREATE TABLE spent("
	" slug TEXT NOT NULL,"
	" day INTEGER NOT NULL," /* since 1970, UTC */
	" seconds INTEGER NOT NULL,"
	" PRIMARY KEY(slug, day)) WITHOUT ROWID;",
};

enum { SCHEMA = sizeof(schemas) / sizeof(*schemas) };

static int schema_of(sqlite3 *db, int64_t *version, struct err *e)
{
	sqlite3_stmt *st = sql_query(db, e, "PRAGMA user_version", "");
	int r = st ? sql_step(st, e) : -1;

	*version = r == 1 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return r < 0 ? -1 : 0;
}

static int set_schema(sqlite3 *db, int64_t version, struct err *e)
{
	char pragma[64];

	snprintf(pragma, sizeof(pragma), "PRAGMA user_version=%d",
		 (int)version);
	return sql_exec(db, pragma, e);
}

static int bring_up(sqlite3 *db, int64_t version, struct err *e)
{
	for (; version < SCHEMA; version++)
		if (sql_exec(db, schemas[version], e) < 0 ||
		    set_schema(db, version + 1, e) < 0)
			return -1;
	return 0;
}

static int too_new(sqlite3 *db, struct err *e)
{
	err_set(e, ERR_ENV, 0, "the progress was written by a newer Kiln");
	err_where(e, "%s", sqlite3_db_filename(db, "main"));
	return err_next(e, "use that Kiln, or move the file away");
}

/* Under the write lock, so that of two shells one makes the tables. */
int progress_upgrade(sqlite3 *db, struct err *e)
{
	int64_t version;

	if (schema_of(db, &version, e) < 0)
		return -1;
	if (version < 0 || version > SCHEMA)
		return too_new(db, e);
	if (version == SCHEMA)
		return 0;
	if (sql_exec(db, "BEGIN IMMEDIATE", e) < 0)
		return -1;
	if (schema_of(db, &version, e) == 0 && bring_up(db, version, e) == 0 &&
	    sql_exec(db, "COMMIT", e) == 0)
		return 0;
	sql_exec(db, "ROLLBACK", NULL);
	return -1;
}
