/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report-int: what the parts of a report share. For report*.c alone.
 */
#ifndef SHELL_REPORT_INT_H
#define SHELL_REPORT_INT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct term;
struct verdict;

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
/* The first line of @s behind a bar; with @s NULL an ellipsis. */
void report_quote_line(const struct term *t, const char *s);
/* At most @max lines of @s so, and an ellipsis for the rest. */
void report_quote(const struct term *t, const char *s, unsigned max);

/* Add line @line of file @name under @dir; false when there is none. */
bool report_source(struct buf *out, const char *dir, const char *name,
		   unsigned line);

/* What the compilers said: errors; without any, warnings. */
void report_build(const struct term *t, const struct verdict *v,
		  const char *dir);

#endif
