/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report-int: what the parts of a report share. For report*.c alone.
 */
#ifndef SHELL_REPORT_INT_H
#define SHELL_REPORT_INT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct diag;
struct finding;
struct strv;
struct term;
struct verdict;
struct verdict_check;

enum { REPORT_MARGIN = 6 };

/* Add @s, from wherever it came, fit for the terminal. */
void report_add(struct buf *out, const char *s);
/* A wrapped paragraph of such text. */
void report_para(const struct term *t, unsigned indent, const char *s);
/*
 * @s behind @first, wrapped with @indent on a terminal; elsewhere one line,
 * for an editor may read it.
 */
void report_head(const struct term *t, const char *first, unsigned indent,
		 const char *s);
/* "      | ", in its style, into @out. */
void report_bar(char *out, size_t size, const struct term *t);
/* The first line of @s behind a bar; with @s NULL an ellipsis. */
void report_quote_line(const struct term *t, const char *s);
/* At most @max lines of @s so, and an ellipsis for the rest. */
void report_quote(const struct term *t, const char *s, unsigned max);

/* Add line @line of file @name under @dir; false when there is none. */
bool report_source(struct buf *out, const char *dir, const char *name,
		   unsigned line);

/* What the tool printed below its headline, or NULL; and line by line. */
const char *report_body(const struct diag *d);
const char *report_next_line(const char *s);
/*
 * Add the body without the place that the headline has, and without what is
 * about the tool: links, and how to switch a lint off.
 */
void report_told(struct buf *out, const struct diag *d);
/* In it: the line of source that it is about, and the first help; or NULL. */
const char *report_find_picture(const char *body);
const char *report_find_help(const char *body);
/* The label at the first caret: "expected `i64`, found `u32`"; or "". */
const char *report_label(const struct diag *d, size_t *len);
/* Where a picture in brief ends; NULL: with the text. */
const char *report_picture_end(const char *s);
/* Show a picture, a help and what it proposes, or all from @s on: lines. */
unsigned report_picture(const struct term *t, const char *s);
unsigned report_help(const struct term *t, const char *s, bool propose);
unsigned report_whole(const struct term *t, const char *s);

/* The first error in brief, if there is one; how many there are. */
size_t report_first(const struct term *t, const struct verdict *v,
		    const char *dir);

/* The headline of a finding, and where it was. */
void report_finding(const struct term *t, const struct finding *f,
		    const char *dir);
/* The line of a check; @note: a word on the same line, or NULL. */
void report_check(const struct term *t, const struct verdict_check *c,
		  const char *note);
/* All of them; with @upward those that failed last. */
void report_checks(const struct term *t, const struct verdict *v,
		   const struct strv *later, bool upward);
/* It failed only because something before it ended the run. */
bool report_is_unreached(const struct verdict_check *c);
/* It failed for the cause that is told with a check before it. */
bool report_is_likewise(const struct verdict *v, const struct verdict_check *c);

/* What the compilers said: errors; without any, warnings, lints in short. */
void report_build(const struct term *t, const struct verdict *v,
		  const char *dir);
void report_warnings(const struct term *t, const struct verdict *v,
		     const char *dir);

#endif
