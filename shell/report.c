/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"
#include "checker/buf.h"
#include "checker/verdict.h"
#include "glyph.h"
#include "term.h"
#include "text.h"
#include "wrap.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	MAX_ERRORS = 5, /* diagnostics shown; the rest is counted */
	MAX_WARNINGS = 3,
	MAX_DIAG_LINES = 24,
	MAX_EVIDENCE = 16, /* lines of the log under one check */
	MAX_SOURCE = 16 << 20,
	MARGIN = 6,
};

static void say_clean(const struct term *t, const char *s)
{
	struct buf b = BUF_INIT;

	glyph_clean(&b, s, strlen(s));
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

static void clean_para(const struct term *t, unsigned indent, const char *s)
{
	struct buf b = BUF_INIT;

	glyph_clean(&b, s, strlen(s));
	term_para(t, indent, buf_str(&b));
	buf_release(&b);
}

/* At most @max lines of @s, each behind a bar. */
static void quote(const struct term *t, const char *s, unsigned max)
{
	unsigned n = 0;

	while (*s && n < max) {
		size_t len = strcspn(s, "\n");
		struct buf b = BUF_INIT;

		text_verbatim(&b, s, len, 0);
		term_say(t, "%*s%s|%s %s", MARGIN, "", term_on(t, TERM_DIM),
			 term_off(t), buf_str(&b));
		buf_release(&b);
		s += len;
		s += *s == '\n';
		n++;
	}
	if (*s)
		term_say(t, "%*s%s|%s ...\n", MARGIN, "", term_on(t, TERM_DIM),
			 term_off(t));
}

/* ---- compilers ---- */

static const char *level_name(enum diag_level l)
{
	return l == DIAG_ERROR	   ? "error"
	       : l == DIAG_WARNING ? "warning"
				   : "note";
}

/* As an editor or a terminal understands it: "file:line:column: ". */
static void diag_head(const struct term *t, const struct diag *d)
{
	enum term_style s = d->level == DIAG_ERROR ? TERM_BAD : TERM_WARN;

	term_say(t, "\n  %s", term_on(t, TERM_BOLD));
	if (d->file)
		say_clean(t, d->file);
	if (d->file && d->line)
		term_say(t, ":%u", d->line);
	if (d->file && d->line && d->col)
		term_say(t, ":%u", d->col);
	term_say(t, "%s%s%s%s", d->file ? ": " : "", term_off(t), term_on(t, s),
		 level_name(d->level));
	if (d->code)
		term_say(t, "[%s]", d->code);
	term_say(t, "%s: ", term_off(t));
	say_clean(t, d->message);
	term_say(t, "\n");
}

/* Line @line of file @name under @dir; false when there is none. */
static bool source_line(struct buf *out, const char *dir, const char *name,
			unsigned line)
{
	struct buf path = BUF_INIT;
	struct buf file = BUF_INIT;
	const char *s;
	bool found = false;

	buf_addf(&path, "%s/%s", dir, name);
	if (buf_read_file(&file, buf_str(&path), MAX_SOURCE, NULL) == 0) {
		s = buf_str(&file);
		for (; s && line > 1; line--) {
			s = strchr(s, '\n');
			s = s ? s + 1 : NULL;
		}
		found = s && *s;
		if (found)
			buf_add(out, s, strcspn(s, "\n"));
	}
	buf_release(&path);
	buf_release(&file);
	return found;
}

static void show_source(const struct term *t, const struct diag *d,
			const char *dir)
{
	struct buf line = BUF_INIT;

	if (dir && d->file && d->line && d->file[0] != '/' &&
	    source_line(&line, dir, d->file, d->line))
		quote(t, buf_str(&line), 1);
	buf_release(&line);
}

/* What the tool printed below its headline: the source, notes, help. */
static const char *body_of(const struct diag *d)
{
	const char *nl = d->text ? strchr(d->text, '\n') : NULL;

	return nl && nl[1] ? nl + 1 : NULL;
}

/* A lint that a check asks for is shown with that check. */
static bool is_evidence(const struct verdict *v, const struct diag *d)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (v->checks[i].evidence &&
		    strstr(v->checks[i].evidence, d->message))
			return true;
	return false;
}

/* The first error is shown whole: the rest often follows from it. */
static unsigned show_diags(const struct term *t, const struct verdict *v,
			   enum diag_level level, unsigned max, const char *dir)
{
	unsigned n = 0;

	for (size_t i = 0; i < v->ndiags; i++) {
		const struct diag *d = &v->diags[i];

		if (d->level != level || is_evidence(v, d) || n++ >= max)
			continue;
		diag_head(t, d);
		if (n == 1 && body_of(d))
			quote(t, body_of(d), MAX_DIAG_LINES);
		else
			show_source(t, d, dir);
	}
	if (n > max)
		term_say(t, "\n  and %u more: 'log --build' shows them all\n",
			 n - max);
	return n;
}

/* A build that failed without an error that was understood: its end. */
static void show_build_end(const struct term *t, const char *out)
{
	const char *s = out + strlen(out);
	unsigned lines = 0;

	while (s > out && lines <= MAX_DIAG_LINES)
		if (*--s == '\n' && s[1])
			lines++;
	term_say(t, "\n  The last that the build printed:\n");
	quote(t, s > out ? s + 1 : s, MAX_DIAG_LINES);
}

static void show_build(const struct term *t, const struct verdict *v,
		       const char *dir)
{
	unsigned errors = show_diags(t, v, DIAG_ERROR, MAX_ERRORS, dir);

	if (!errors)
		show_diags(t, v, DIAG_WARNING, MAX_WARNINGS, dir);
	if (!errors && v->outcome == OUTCOME_BUILD_FAILED && v->build_output)
		show_build_end(t, v->build_output);
}

/* ---- the guest ---- */

static void show_findings(const struct term *t, const struct verdict *v)
{
	for (size_t i = 0; i < v->nfindings; i++) {
		const struct finding *f = &v->findings[i];

		term_say(t, "\n  %s%s%s: ", term_on(t, TERM_BAD),
			 finding_name(f->kind), term_off(t));
		say_clean(t, f->title ? f->title : "");
		term_say(t, "\n");
		if (f->file && f->line)
			term_say(t, "%*sat %s%s:%u%s\n", MARGIN, "",
				 term_on(t, TERM_BOLD), f->file, f->line,
				 term_off(t));
		else if (f->file || f->symbol)
			term_say(t, "%*sin %s\n", MARGIN, "",
				 f->file ? f->file : f->symbol);
		if (f->explain)
			clean_para(t, MARGIN, f->explain);
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

static void show_check(const struct term *t, const struct verdict_check *c)
{
	unsigned earned = c->result == CHECK_PASSED ? c->points : 0;

	term_say(t, "  %s%-4s%s  ", term_on(t, results[c->result].style),
		 results[c->result].word, term_off(t));
	say_clean(t, c->title);
	if (c->points)
		term_say(t, "  %s(%u/%u)%s", term_on(t, TERM_DIM), earned,
			 c->points, term_off(t));
	term_say(t, "\n");
	if (c->result == CHECK_FAILED && c->message)
		clean_para(t, MARGIN + 2, c->message);
	if (c->result != CHECK_NOT_RUN && c->evidence)
		quote(t, c->evidence, MAX_EVIDENCE);
}

static void show_checks(const struct term *t, const struct verdict *v)
{
	term_say(t, "\n");
	for (size_t i = 0; i < v->nchecks; i++)
		show_check(t, &v->checks[i]);
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
	else
		term_say(t, " (%s): %u of %u points.\n",
			 outcome_name(v->outcome), v->earned, v->possible);
}

void report_show(const struct term *t, const struct verdict *v, const char *dir)
{
	show_build(t, v, dir);
	show_findings(t, v);
	if (checks_say_something(v))
		show_checks(t, v);
	report_score(t, v);
	/* Of a plain failure the checks have just said it. */
	if (v->outcome != OUTCOME_PASS && v->outcome != OUTCOME_FAIL &&
	    v->reason)
		clean_para(t, 2, v->reason);
	if (v->next)
		clean_para(t, 2, v->next);
}
