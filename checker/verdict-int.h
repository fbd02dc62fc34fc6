/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verdict-int: what the formats of a verdict share. For verdict-*.c alone.
 *
 * All text goes through verdict_clean() first: kernel logs, compilers and
 * learners' files hold any byte, terminal sequences among them. What a
 * format has to escape beyond that, it does itself.
 */
#ifndef CHECKER_VERDICT_INT_H
#define CHECKER_VERDICT_INT_H

#include "buf.h"
#include "verdict.h"

#include <jansson.h>

/* Bytes of one text (a message, evidence); the rest is only counted. */
#define VERDICT_TEXT_MAX ((size_t)16 << 10)
/* Likewise of what a build or a run printed. */
#define VERDICT_OUTPUT_MAX ((size_t)64 << 10)

/* Add at most @max bytes of @s, which may be NULL, as clean UTF-8. */
void verdict_clean(struct buf *b, const char *s, size_t max);

/* A lesson or a machine at fault: nothing is said about the work. */
bool verdict_is_fault(const struct verdict *v);

/*
 * Add, for people: what came of it, why, what to do, errors of the build
 * and findings. Several lines, clean, without a newline at the end.
 */
void verdict_add_story(struct buf *b, const struct verdict *v);
/* Likewise of one check: its message and its evidence. */
void verdict_add_check(struct buf *b, const struct verdict *v,
		       const struct verdict_check *c);

/* How long the stages took, together. */
int64_t verdict_ms(const struct verdict *v);

/* All of @b to @out, and flushed; -1 if either failed. */
int verdict_put_out(const struct buf *b, FILE *out);

/* verdict-json.c: NULL or false when out of memory. */

/* The object of `--json`. */
json_t *verdict_object(const struct verdict *v);
/* A clean string; null for NULL. */
json_t *verdict_string(const char *s);
/* Put @value, which is taken over, under @key. */
bool verdict_put(json_t *object, const char *key, json_t *value);
/* Append @o, which is taken over, to @list, if @ok. */
bool verdict_append(json_t *list, json_t *o, bool ok);
/* Write @o, which is taken over and may be NULL, whole or not at all. */
int verdict_dump(json_t *o, size_t flags, FILE *out);
/* @j if @ok; otherwise it is given up. */
json_t *verdict_finished(json_t *j, bool ok);

#endif
