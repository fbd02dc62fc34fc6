/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of record share; for them alone. */
#ifndef CHECKER_RECORD_INT_H
#define CHECKER_RECORD_INT_H

#include "archive.h"
#include "record.h"

#define RECORD_FORMAT	1
#define RECORD_KIND	"kiln-record"
#define RECORD_MANIFEST "manifest.json"
#define RECORD_VERDICT	"verdict.json"
#define RECORD_LOG	"kernel.log"
#define RECORD_FILES	"files/"

#define RECORD_LOG_MAX	((size_t)16 << 20)
#define RECORD_JSON_MAX ((size_t)4 << 20)

/* 64 files of a lesson at 1 MiB, the log, and what is around them. */
extern const struct archive_limits record_limits;

/*
 * The manifest of @r and @members, which stand behind it; the caller frees
 * it. NULL: out of memory.
 */
char *manifest_make(const struct record *r,
		    const struct archive_member *members, size_t n,
		    const char *created);
/* From the archive in @r, held against its other members. */
int manifest_read(struct record *r, struct err *e);

/* Whether @json is a verdict that can be compared, of lesson @id. */
bool verdict_text_ok(const char *json, size_t len, const char *id,
		     bool has_log);

#endif
