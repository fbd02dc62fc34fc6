/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was asked of the work, and what came of it. */
#include "report-int.h"
#include "checker/buf.h"
#include "checker/verdict.h"
#include "term.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	MAX_EVIDENCE = 16, /* lines of the log under one check */
	MAX_ANSWER = 4, /* likewise, where it holds */
	MAX_REPORT = 8, /* where findings have said what it means */
};

/* Of the checks: those that failed, but for later steps; or the others. */
enum which {
	ALL,
	FAILED,
	OTHERS,
};

static const struct {
	const char *word;
	enum term_style style;
} results[] = {
	[CHECK_PASSED] = {"ok", TERM_GOOD},
	[CHECK_FAILED] = {"FAIL", TERM_BAD},
	[CHECK_NOT_RUN] = {"-", TERM_DIM},
};

/*
 * The cause in a check's message: what a failed case says of itself is the
 * same whatever the case is called, and so is why there was no result.
 */
static const char *cause_of(const struct verdict_check *c)
{
	const char *m = c->message ? c->message : "";
	const char *at = NULL;

	if (strncmp(m, "case \"", 6) == 0)
		at = strstr(m, "\" failed: ");
	if (at)
		return at + strlen("\" failed: ");
	if (strncmp(m, "no result for ", 14) == 0)
		at = strstr(m, "; ");
	return at ? at + 2 : m;
}

bool report_is_unreached(const struct verdict_check *c)
{
	return c->result == CHECK_NOT_RUN ||
	       (c->result == CHECK_FAILED && c->message &&
		strncmp(c->message, "no result for ", 14) == 0 &&
		cause_of(c) != c->message);
}

/* The evidence only repeats what the message has told. */
static bool is_told(const struct verdict_check *c)
{
	const char *s = c->evidence;

	while (*s) {
		size_t n = strcspn(s, "\n");
		size_t skip = strspn(s, "# ");

		skip = skip > n ? n : skip;
		if (strncmp(s, "not ok", 6) != 0 &&
		    !memmem(c->message, strlen(c->message), s + skip, n - skip))
			return false;
		s += n;
		s += *s == '\n';
	}
	return true;
}

static bool is_alike(const struct verdict_check *a,
		     const struct verdict_check *b)
{
	return strcmp(cause_of(a), cause_of(b)) == 0;
}

bool report_is_likewise(const struct verdict *v, const struct verdict_check *c)
{
	for (const struct verdict_check *p = c; p-- > v->checks;)
		if (p->result == CHECK_FAILED && p->message &&
		    !report_is_unreached(p))
			return is_alike(p, c);
	return false;
}

/* A report of the kernel's, by its first lines. */
#define SAME_REPORT 200

/* Whether a check before it has shown the same lines of the log. */
static bool is_shown(const struct verdict *v, const struct verdict_check *c)
{
	for (const struct verdict_check *p = v->checks; p < c; p++)
		if (p->result == CHECK_FAILED && p->evidence &&
		    strncmp(p->evidence, c->evidence, SAME_REPORT) == 0)
			return true;
	return false;
}

void report_check(const struct term *t, const struct verdict_check *c,
		  const char *note)
{
	unsigned earned = c->result == CHECK_PASSED ? c->points : 0;
	struct buf b = BUF_INIT;
	char first[40];

	snprintf(first, sizeof(first), "  %s%-4s%s  ",
		 term_on(t, results[c->result].style), results[c->result].word,
		 term_off(t));
	report_add(&b, c->title);
	if (c->points)
		buf_addf(&b, " %s(%u/%u)%s", term_on(t, TERM_DIM), earned,
			 c->points, term_off(t));
	if (note)
		buf_addf(&b, " - %s", note);
	report_head(t, first, REPORT_MARGIN + 2, buf_str(&b));
	buf_release(&b);
}

/*
 * The few lines of the log by which a check holds. A test's own "ok" says
 * nothing that the check's does not.
 */
static bool is_answer(const struct verdict_check *c)
{
	unsigned lines = 1;

	if (c->result != CHECK_PASSED || !c->evidence ||
	    strncmp(c->evidence + strspn(c->evidence, " "), "ok ", 3) == 0)
		return false;
	for (const char *p = c->evidence; (p = strchr(p, '\n')); p++)
		lines++;
	return lines <= MAX_ANSWER;
}

/* It was not looked at, for another does not hold. */
static bool waits(const struct verdict_check *c)
{
	return c->result == CHECK_NOT_RUN && c->message &&
	       strncmp(c->message, NEEDS_FIRST, strlen(NEEDS_FIRST)) == 0;
}

/* Short, where it holds: what is wrong is to be seen. */
static void show_check(const struct term *t, const struct verdict *v,
		       const struct verdict_check *c)
{
	bool failed = c->result == CHECK_FAILED && c->message;

	if (report_is_unreached(c)) {
		report_check(t, c, waits(c) ? c->message : "not reached");
	} else if (failed && report_is_likewise(v, c)) {
		report_check(t, c, "likewise");
	} else {
		report_check(t, c, NULL);
		if (is_answer(c))
			report_quote(t, c->evidence, MAX_ANSWER);
		if (failed)
			report_para(t, REPORT_MARGIN + 2, c->message);
		if (failed && c->evidence && !is_told(c) && !is_shown(v, c))
			report_quote(t, c->evidence,
				     v->nfindings ? MAX_REPORT : MAX_EVIDENCE);
	}
}

/* A cause that is told already, for a check before @c. */
static bool is_told_of(const struct verdict *v, const struct verdict_check *c)
{
	for (const struct verdict_check *p = v->checks; p < c; p++)
		if (report_is_unreached(p) && is_alike(p, c))
			return true;
	return false;
}

/* Why some were not reached, once, before all. */
static void show_causes(const struct term *t, const struct verdict *v)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];

		if (!report_is_unreached(c) || c->result != CHECK_FAILED ||
		    is_told_of(v, c))
			continue;
		buf_addf(&b, "No result for some of the checks below: %s",
			 cause_of(c));
		report_para(t, 2, buf_str(&b));
		buf_clear(&b);
		/* Findings have said it better. */
		if (c->evidence && v->nfindings == 0)
			report_quote(t, c->evidence, MAX_EVIDENCE);
		term_say(t, "\n");
	}
	buf_release(&b);
}

/* What a later step of the lesson is about: that it does not hold yet. */
static void show_later(const struct term *t, const struct verdict_check *c)
{
	struct verdict_check quiet = *c;

	quiet.result = CHECK_NOT_RUN;
	report_check(t, &quiet, "a later step");
}

static void show_some(const struct term *t, const struct verdict *v,
		      const struct strv *later, enum which which)
{
	for (size_t i = 0; i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];
		bool failed = c->result == CHECK_FAILED;
		bool is_later = failed && strv_has(later, c->id);
		bool counts = failed && !is_later && !report_is_unreached(c);

		if (which != ALL && counts != (which == FAILED))
			continue;
		if (is_later)
			show_later(t, c);
		else
			show_check(t, v, c);
	}
}

void report_checks(const struct term *t, const struct verdict *v,
		   const struct strv *later, bool upward)
{
	show_causes(t, v);
	show_some(t, v, later, upward ? OTHERS : ALL);
	if (upward)
		show_some(t, v, later, FAILED);
}
