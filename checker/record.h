/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record: what was graded, kept so that it can be graded again.
 *
 * A tar file (archive.h) with these members, the first one first:
 *
 *   manifest.json  format, created, the ground (ground.h), seed, options,
 *                  the files that the lesson asked for, and size and SHA-256
 *                  of every other member
 *   verdict.json   the verdict as `--json` says it; its log is "kernel.log"
 *   kernel.log     the raw log, if a guest ran
 *   files/NAME     each file that was graded, as it was staged
 *
 * One that could not be graded (missing, no text, …) is not among them, and
 * its absence will have the same verdict again.
 *
 * A record is not signed: whoever makes one may put any verdict into it.
 * What counts is what comes of grading it again. So all of it is untrusted
 * when it is read: nothing in it is a path, a command, or text for a terminal
 * before it has been looked at.
 */
#ifndef CHECKER_RECORD_H
#define CHECKER_RECORD_H

#include "buf.h"
#include "err.h"
#include "ground.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct archive;
struct store;
struct verdict;

struct record {
	struct ground ground;
	char *created; /* "2026-02-03T14:05:07Z" */
	uint64_t seed;
	bool cold;
	struct strv edit; /* the files that the lesson asked for */
	struct strv staged; /* those that could be graded */
	char *verdict; /* JSON */
	/* While it is made. */
	const char *kiln; /* version; borrowed, set by the caller */
	struct buf *files; /* of .staged */
	struct buf log;
	bool has_log;
	struct err failed; /* why it cannot be written */
	/* When it was read. */
	struct archive *archive;
};

#define RECORD_INIT                                                            \
	{                                                                      \
		.created = NULL                                                \
	}

void record_release(struct record *r);

/* ---- making one ---- */

/*
 * Whether a record may be written there: nothing is there, or an empty
 * file, or a record. -1: something else is, which would be lost (ERR_USAGE).
 */
int record_may_write(const char *path, struct err *e);

/*
 * For check_run(), with the files in @stage. A failure does not end the
 * check: record_write() tells it.
 */
void record_staged(struct record *r, const struct spec *spec,
		   const struct store *store, const char *stage);
/* The verdict, and the log at @log if it has one. */
void record_finish(struct record *r, const struct verdict *v, const char *log);
/* A record of nothing (no check got as far as staging) is ERR_USAGE. */
int record_write(const struct record *r, const char *path, time_t now,
		 struct err *e);

/* ---- reading one ---- */

/*
 * Read and look at all of it. -1: ERR_ENV if the file cannot be read,
 * ERR_USAGE if it is no record, or not a whole one.
 */
int record_read(struct record *r, const char *path, struct err *e);
/* The same for bytes. */
int record_parse(struct record *r, const void *data, size_t len, struct err *e);

/*
 * Does it hold what lesson @spec asks for? @now: the lesson as it is here. A
 * record that names other files, though lesson.lua is the same, is no
 * honest one (ERR_USAGE); otherwise the lesson has changed too much
 * (ERR_ENV).
 */
int record_fits(const struct record *r, const struct spec *spec,
		const struct ground *now, struct err *e);
/* Write the files that were graded into the folder @dir. */
int record_lay_down(const struct record *r, const char *dir, struct err *e);

#endif
