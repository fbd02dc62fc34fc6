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
#include <stdlib.h>
#include <string.h>

enum {
	ENDLESS = 100000, /* columns */
	BESIDES = 6, /* lines below the body: the score, what to do next */
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

/* One line that leaks does so each time it runs: it is told of once. */
static bool is_told(const struct verdict *v, size_t i)
{
	const struct finding *f = &v->findings[i];

	if (f->kind != FINDING_LEAK || !f->file || !f->line)
		return false;
	for (size_t j = 0; j < i; j++) {
		const struct finding *g = &v->findings[j];

		if (g->kind == FINDING_LEAK && g->file && g->line == f->line &&
		    strcmp(g->file, f->file) == 0)
			return true;
	}
	return false;
}

void report_findings(const struct term *t, const struct verdict *v,
		     const char *dir)
{
	size_t again = 0;

	for (size_t i = 0; i < v->nfindings; i++) {
		const struct finding *f = &v->findings[i];

		if (is_told(v, i)) {
			again++;
			continue;
		}
		report_finding(t, f, dir);
		if (f->explain)
			report_para(t, REPORT_MARGIN, f->explain);
	}
	if (again)
		term_say(t, "\n%*sand %zu more leak%s of the same lines\n",
			 REPORT_MARGIN, "", again, again == 1 ? "" : "s");
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

struct report {
	const struct verdict *v;
	const char *dir;
	const struct strv *later;
};

/* @upward: what matters most comes last, for that stays on the screen. */
static void show_body(const struct term *t, const struct report *r, bool upward)
{
	const struct verdict *v = r->v;

	report_build(t, v, r->dir);
	if (!upward)
		report_findings(t, v, r->dir);
	if (checks_say_something(v)) {
		term_say(t, "\n");
		report_checks(t, v, r->later, upward);
	}
	report_warnings(t, v, r->dir);
	if (upward)
		report_findings(t, v, r->dir);
}

/* Does the body fill more than a screen that someone looks at? */
static bool is_long(const struct term *t, const struct report *r)
{
	struct term copy = *t;
	char *text = NULL;
	size_t len = 0;
	unsigned lines = 0;

	if (!t->tty || !t->height)
		return false;
	copy.out = open_memstream(&text, &len);
	if (!copy.out)
		return false;
	show_body(&copy, r, false);
	fclose(copy.out);
	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	free(text);
	return lines + BESIDES > t->height;
}

void report_show_part(const struct term *t, const struct verdict *v,
		      const char *dir, const struct strv *later)
{
	struct report r = {.v = v, .dir = dir, .later = later};

	show_body(t, &r, is_long(t, &r));
	report_score(t, v);
	if (v->reason && wants_reason(v))
		report_para(t, 2, v->reason);
	if (v->next)
		report_para(t, 2, v->next);
}
