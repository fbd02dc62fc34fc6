/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"
#include "report-int.h"
#include "checker/buf.h"
#include "checker/demangle.h"
#include "checker/verdict.h"
#include "glyph.h"
#include "term.h"
#include "text.h"
#include "wrap.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	MAX_EVIDENCE = 16, /* lines of the log under one check */
	MAX_ANSWER = 4, /* likewise, where it holds */
	MAX_REPORT = 8, /* where findings have said what it means */
	ENDLESS = 100000, /* columns */
};

void report_add(struct buf *out, const char *s)
{
	glyph_clean(out, s, strlen(s));
}

void report_para(const struct term *t, unsigned indent, const char *s)
{
	struct buf b = BUF_INIT;

	report_add(&b, s);
	term_para(t, indent, buf_str(&b));
	buf_release(&b);
}

void report_head(const struct term *t, const char *first, unsigned indent,
		 const char *s)
{
	struct wrap w = {.width = t->tty ? term_prose(t) : ENDLESS};
	struct buf b = BUF_INIT;

	wrap_indent(&w, indent);
	snprintf(w.first, sizeof(w.first), "%s", first);
	wrap_text(&b, &w, s);
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

void report_bar(char *out, size_t size, const struct term *t)
{
	snprintf(out, size, "%*s%s%s%s ", REPORT_MARGIN, "",
		 term_on(t, TERM_DIM), term_sign(t, "|", "quote:"),
		 term_off(t));
}

void report_quote_line(const struct term *t, const char *s)
{
	struct buf b = BUF_INIT;
	char bar[64];

	report_bar(bar, sizeof(bar), t);
	if (s)
		text_fold(&b, t, bar, s, strcspn(s, "\n"));
	else
		buf_addf(&b, "%s...\n", bar);
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

void report_quote(const struct term *t, const char *s, unsigned max)
{
	unsigned n = 0;

	while (*s && n++ < max) {
		report_quote_line(t, s);
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	if (*s)
		report_quote_line(t, NULL);
}

/* ---- the guest ---- */

static void finding_head(const struct term *t, const struct finding *f)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s%s%s: ", term_on(t, TERM_BAD), finding_name(f->kind),
		 term_off(t));
	report_add(&b, f->title ? f->title : "");
	term_say(t, "\n");
	report_head(t, "  ", REPORT_MARGIN, buf_str(&b));
	buf_release(&b);
}

/* A name of Rust's may be longer than any line. */
static void finding_place(const struct term *t, const char *place)
{
	char name[2 * DEMANGLE_MAX];
	struct buf b = BUF_INIT;

	snprintf(name, sizeof(name), "%s", place);
	demangle_text(name, sizeof(name));
	buf_addf(&b, "%*sin ", REPORT_MARGIN, "");
	text_line(&b, t, REPORT_MARGIN + 3, name, strlen(name));
	term_say(t, "%s\n", buf_str(&b));
	buf_release(&b);
}

/* As compilers do it: the place, and the line that stands there. */
static void finding_line(const struct term *t, const struct finding *f,
			 const char *dir)
{
	struct buf line = BUF_INIT;

	term_say(t, "%*sat %s%s:%u%s\n", REPORT_MARGIN, "",
		 term_on(t, TERM_BOLD), f->file, f->line, term_off(t));
	if (dir && f->file[0] != '/' && !strstr(f->file, "..") &&
	    report_source(&line, dir, f->file, f->line))
		report_quote_line(t, buf_str(&line));
	buf_release(&line);
}

void report_finding(const struct term *t, const struct finding *f,
		    const char *dir)
{
	finding_head(t, f);
	if (f->file && f->line)
		finding_line(t, f, dir);
	else if (f->file || f->symbol)
		finding_place(t, f->file ? f->file : f->symbol);
}

void report_findings(const struct term *t, const struct verdict *v,
		     const char *dir)
{
	for (size_t i = 0; i < v->nfindings; i++) {
		const struct finding *f = &v->findings[i];

		report_finding(t, f, dir);
		if (f->explain)
			report_para(t, REPORT_MARGIN, f->explain);
	}
}

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

/* Short, where it holds: what is wrong is to be seen. */
static void show_check(const struct term *t, const struct verdict *v,
		       const struct verdict_check *c)
{
	bool failed = c->result == CHECK_FAILED && c->message;

	if (report_is_unreached(c)) {
		report_check(t, c, "not reached");
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

static void show_checks(const struct term *t, const struct verdict *v,
			const struct strv *later)
{
	term_say(t, "\n");
	show_causes(t, v);
	for (size_t i = 0; i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];

		if (c->result == CHECK_FAILED && strv_has(later, c->id))
			show_later(t, c);
		else
			show_check(t, v, c);
	}
}

/* Where no guest ran, each check would only say that it was not run. */
static bool checks_say_something(const struct verdict *v)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (v->checks[i].result != CHECK_NOT_RUN)
			return true;
	return false;
}

void report_score(const struct term *t, const struct verdict *v)
{
	bool pass = v->outcome == OUTCOME_PASS;
	bool fault = v->outcome == OUTCOME_LESSON_FAULT ||
		     v->outcome == OUTCOME_ENV_FAULT;

	term_say(t, "\n%s%s%s", term_on(t, pass ? TERM_GOOD : TERM_BAD),
		 pass	 ? "Passed"
		 : fault ? "No verdict"
			 : "Not yet",
		 term_off(t));
	if (fault)
		term_say(t, " (%s): this does not count against you.\n",
			 outcome_name(v->outcome));
	else if (pass)
		term_say(t, ": %u of %u points.\n", v->earned, v->possible);
	else if (!v->possible) /* nothing was to be graded */
		term_say(t, " (%s).\n", outcome_name(v->outcome));
	else
		term_say(t, " (%s): %u of %u points.\n",
			 outcome_name(v->outcome), v->earned, v->possible);
}

/* Of a plain failure the checks have said it, of a crash the findings. */
static bool wants_reason(const struct verdict *v)
{
	return v->outcome != OUTCOME_PASS && v->outcome != OUTCOME_FAIL &&
	       !(v->outcome == OUTCOME_CRASH && v->nfindings);
}

void report_show(const struct term *t, const struct verdict *v, const char *dir)
{
	static const struct strv none = STRV_INIT;

	report_show_part(t, v, dir, &none);
}

void report_show_part(const struct term *t, const struct verdict *v,
		      const char *dir, const struct strv *later)
{
	report_build(t, v, dir);
	report_findings(t, v, dir);
	if (checks_say_something(v))
		show_checks(t, v, later);
	report_score(t, v);
	if (v->reason && wants_reason(v))
		report_para(t, 2, v->reason);
	if (v->next)
		report_para(t, 2, v->next);
}
