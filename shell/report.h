/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report: a verdict as a person reads it.
 *
 * What does not hold comes with what was expected and the part of the kernel
 * log that answers it; compiler errors with file, line and the source;
 * findings with an explanation; then the score, and the one thing to do
 * next. What comes from a compiler or a guest is made fit for the terminal
 * first.
 */
#ifndef SHELL_REPORT_H
#define SHELL_REPORT_H

struct strv;
struct term;
struct verdict;

/* @dir: the folder that was checked, for lines of source, or NULL. */
void report_show(const struct term *t, const struct verdict *v,
		 const char *dir);

/* What the kernel reported, each with what it means. */
void report_findings(const struct term *t, const struct verdict *v,
		     const char *dir);

/*
 * As report_show(), but of the checks in @later, which are for a later step
 * of the lesson, only that they do not hold yet.
 */
void report_show_part(const struct term *t, const struct verdict *v,
		      const char *dir, const struct strv *later);

/* Only what the compilers said, of a build that failed outside a check. */
void report_diags(const struct term *t, const struct verdict *v,
		  const char *dir);

/*
 * In about half a screen: the first error, or the findings and the first of
 * them explained; then the checks that fail, but those in @later. Without
 * the score.
 */
void report_brief(const struct term *t, const struct verdict *v,
		  const char *dir, const struct strv *later);

/* The last line: "Passed: 6 of 6 points", "Not yet: …". */
void report_score(const struct term *t, const struct verdict *v);

#endif
