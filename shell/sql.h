/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sql: what progress needs of SQLite, with errors as struct err.
 *
 * A statement is prepared, bound and stepped in one go by sql_run(); its
 * parameters are given as a format: 's' const char * (NULL: null), 'i'
 * int64_t.
 */
#ifndef SHELL_SQL_H
#define SHELL_SQL_H

#include <sqlite3.h>

struct err;

/* Fill @e from what @db says of its last failure; returns -1. */
int sql_fail(sqlite3 *db, int rc, const char *what, struct err *e);

/*
 * Open or create. Waits for other processes up to ten seconds, and syncs
 * every commit.
 */
int sql_open(sqlite3 **out, const char *path, struct err *e);

/* Statements without parameters or results. */
int sql_exec(sqlite3 *db, const char *text, struct err *e);

/* One statement whose results, if any, do not matter. */
int sql_run(sqlite3 *db, struct err *e, const char *text, const char *types,
	    ...);

/* Prepare and bind; the caller steps it and finalizes it. NULL: @e is set. */
sqlite3_stmt *sql_query(sqlite3 *db, struct err *e, const char *text,
			const char *types, ...);
/* Step: 1 a row, 0 the end, -1 failed. */
int sql_step(sqlite3_stmt *st, struct err *e);

/* A column as text: a copy, or NULL when null or out of memory. */
char *sql_text(sqlite3_stmt *st, int column);

#endif
