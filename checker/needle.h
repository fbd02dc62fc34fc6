/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * needle: what a check looks for in a line: a text, or a pattern.
 *
 * A pattern is a POSIX extended regular expression, matched against one line
 * at a time and in the C locale, whatever that of the user. Lines come from
 * learners: no pattern is taken that could take very long on one, and of a
 * line the first NEEDLE_LINE bytes are looked at. Pure: no files.
 */
#ifndef CHECKER_NEEDLE_H
#define CHECKER_NEEDLE_H

#include "buf.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NEEDLE_PATTERN 200 /* bytes of a pattern, at most */
#define NEEDLE_LINE    1000

struct needle {
	const char *text; /* borrowed */
	size_t len;
	bool is_pattern;
	bool compiled;
	regex_t re;
	uint64_t spent_us, since_us; /* CPU time; since it was compiled */
};

/* False, with the reason in @why, when it is no pattern for a lesson. */
bool needle_pattern_ok(const char *pattern, char *why, size_t size);

/* -1: it is no pattern that needle_pattern_ok() takes, or out of memory. */
int needle_init(struct needle *n, const char *text, bool is_pattern);
void needle_release(struct needle *n);
bool needle_in(struct needle *n, const char *line, size_t len);
/* All that may be spent was: nothing is found any more. */
bool needle_is_spent(const struct needle *n);

/*
 * Add the longest part of a pattern that stands for itself; all of a text.
 * For what comes near to it.
 */
void needle_plain(struct buf *out, const char *text, bool is_pattern);

#endif
