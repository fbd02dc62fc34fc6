/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sql.h"
#include "checker/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { BUSY_MS = 10000 };

static const char *what_next(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_FULL:
		return "free some space on that disk and run the command "
		       "again";
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return "make the folder writable, or set KILN_HOME to one "
		       "that is";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return "move the file away: a new one is made, and your work "
		       "is not kept in it";
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "another Kiln is holding it: run the command again";
	default:
		return "";
	}
}

/* To SQLite a want of space may be any input/output error. */
static int mend_code(int rc, const char *path)
{
	struct statvfs fs;

	if ((rc & 0xff) == SQLITE_IOERR && path && statvfs(path, &fs) == 0 &&
	    fs.f_bavail * fs.f_frsize < 128 << 10)
		return SQLITE_FULL;
	return rc;
}

int sql_fail(sqlite3 *db, int rc, const char *what, struct err *e)
{
	const char *path = db ? sqlite3_db_filename(db, "main") : NULL;

	if (rc == SQLITE_NOMEM || !db)
		return err_set(e, ERR_ENV, ENOMEM, "%s", what);
	rc = mend_code(rc, path);
	err_set(e, ERR_ENV, 0, "%s: %s", what,
		rc == SQLITE_FULL ? sqlite3_errstr(rc) : sqlite3_errmsg(db));
	err_where(e, "%s", path ? path : "");
	return err_next(e, "%s", what_next(rc));
}

int sql_open(sqlite3 **out, const char *path, struct err *e)
{
	int rc = sqlite3_open_v2(path, out,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
					 SQLITE_OPEN_NOMUTEX,
				 NULL);

	if (rc == SQLITE_OK) {
		/*
		 * The rollback journal, which is the default: write-ahead
		 * logging needs shared memory (no file servers), a second
		 * file even to read, and answers "locked" without waiting
		 * when two open a new file at once. EXTRA also syncs the
		 * folder, so that what was said to be kept is.
		 */
		sqlite3_busy_timeout(*out, BUSY_MS);
		if (sql_exec(*out, "PRAGMA synchronous=EXTRA", e) == 0)
			return 0;
	} else {
		sql_fail(*out, rc, "cannot open the progress", e);
	}
	sqlite3_close(*out);
	*out = NULL;
	if (e && !e->where[0])
		err_where(e, "%s", path);
	return -1;
}

int sql_exec(sqlite3 *db, const char *text, struct err *e)
{
	int rc = sqlite3_exec(db, text, NULL, NULL, NULL);

	if (rc == SQLITE_OK)
		return 0;
	return sql_fail(db, rc, "cannot read or write the progress", e);
}

static int bind(sqlite3_stmt *st, const char *types, va_list ap)
{
	int rc = SQLITE_OK;

	for (int i = 1; *types && rc == SQLITE_OK; types++, i++) {
		if (*types == 's')
			rc = sqlite3_bind_text(st, i, va_arg(ap, const char *),
					       -1, SQLITE_TRANSIENT);
		else if (*types == 'i')
			rc = sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
		else
			BUG("no such parameter type: %c", *types);
	}
	return rc;
}

static sqlite3_stmt *query(sqlite3 *db, struct err *e, const char *text,
			   const char *types, va_list ap)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, text, -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = bind(st, types, ap);
	if (rc == SQLITE_OK)
		return st;
	sql_fail(db, rc, "cannot read or write the progress", e);
	sqlite3_finalize(st);
	return NULL;
}

sqlite3_stmt *sql_query(sqlite3 *db, struct err *e, const char *text,
			const char *types, ...)
{
	sqlite3_stmt *st;
	va_list ap;

	va_start(ap, types);
	st = query(db, e, text, types, ap);
	va_end(ap);
	return st;
}

int sql_step(sqlite3_stmt *st, struct err *e)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	return sql_fail(sqlite3_db_handle(st), rc,
			"cannot read or write the progress", e);
}

int sql_run(sqlite3 *db, struct err *e, const char *text, const char *types,
	    ...)
{
	sqlite3_stmt *st;
	va_list ap;
	int r;

	va_start(ap, types);
	st = query(db, e, text, types, ap);
	va_end(ap);
	if (!st)
		return -1;
	do
		r = sql_step(st, e);
	while (r == 1);
	sqlite3_finalize(st);
	return r;
}

char *sql_text(sqlite3_stmt *st, int column)
{
	const char *s = (const char *)sqlite3_column_text(st, column);

	return s ? strdup(s) : NULL;
}
