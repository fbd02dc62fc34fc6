/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress-int: what the files progress-*.c share. Each of them keeps one
 * kind of record; the tables are all in progress-schema.c.
 */
#ifndef SHELL_PROGRESS_INT_H
#define SHELL_PROGRESS_INT_H

#include "progress.h"
#include "sql.h"

struct progress {
	char *path;
	sqlite3 *db; /* NULL: not opened yet */
};

/* Make the tables, or bring those of an older Kiln up to date. */
int progress_upgrade(sqlite3 *db, struct err *e);

/* To write; the file is made. */
int progress_open(struct progress *p, struct err *e);
/* To read: 1 when there is a file, 0 when nothing was ever recorded. */
int progress_open_to_read(struct progress *p, struct err *e);

/* Open and begin a transaction; end it, by @r, in one or the other way. */
int progress_begin(struct progress *p, struct err *e);
int progress_commit(struct progress *p, int r, struct err *e);

/* The lesson is on record as started, at @at if it was not before. */
int progress_note_started(struct progress *p, const char *slug, int64_t at,
			  struct err *e);

int progress_no_memory(struct err *e);

#endif
