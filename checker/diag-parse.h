/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diag-parse: what the files of diag share; not for others.
 *
 * A span is a borrowed piece of the output. A head is the first line of a
 * report, from which all but the text follows.
 */
#ifndef CHECKER_DIAG_PARSE_H
#define CHECKER_DIAG_PARSE_H

#include "diag.h"

struct span {
	const char *s;
	size_t len;
};

struct head {
	enum diag_level level;
	enum diag_tool tool;
	struct span code; /* .len 0: none */
	struct span file; /* .len 0: none */
	unsigned line, col;
	struct span message;
	bool fallback; /* worth telling only if nothing else is */
};

struct span span_of(const char *s);
struct span span_from(struct span s, size_t at);
struct span span_trim(struct span s);
bool span_starts(struct span s, const char *prefix);
bool span_ends(struct span s, const char *suffix);
/* Where @what starts in @s, or SIZE_MAX. */
size_t span_find(struct span s, const char *what);
/* The next line of *@rest, which is moved on; false at the end. */
bool span_line(struct span *rest, struct span *line);

/* Is this line the first of a report? */
bool head_parse(struct head *h, struct span line);
/* A note of clang's, which belongs to the report before it. */
bool head_is_clang_note(const struct head *h);

/* "PATH:LINE:COL" or "PATH:LINE" or "PATH"; spaces are not part of it. */
struct span place_parse(struct span s, unsigned *line, unsigned *col);
/* A path in the learner's own folder. */
bool place_is_ours(struct span path);

/* Make the place of @h that of the learner's, from the report's @text. */
void head_locate(struct head *h, struct span text);
/* The lint that a report names, "unused-mut" or "clippy::no-effect". */
struct span lint_in_text(struct span text);
/* The lint that a report of Clippy's links to: "no_effect". */
struct span clippy_in_text(struct span text);

#endif
