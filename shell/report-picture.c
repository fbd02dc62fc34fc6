/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a compiler printed below a headline: pictures of the source with
 * carets and labels, notes, help.
 */
#include "report-int.h"
#include "checker/buf.h"
#include "checker/diag.h"
#include "snippet.h"
#include "term.h"

#include <stdio.h>
#include <string.h>

enum { MAX_PICTURE = 4 }; /* lines of the source and its labels, in brief */

/* What the tool printed below its headline: the source, notes, help. */
const char *report_body(const struct diag *d)
{
	const char *nl = d->text ? strchr(d->text, '\n') : NULL;

	return nl && nl[1] ? nl + 1 : NULL;
}

const char *report_next_line(const char *s)
{
	s = strchr(s, '\n');
	return s && s[1] ? s + 1 : NULL;
}

/* What follows the bar of a picture's line, or NULL: it is none. */
static const char *past_bar(const char *line)
{
	int numbered;

	return snippet_past_bar(line, strcspn(line, "\n"), &numbered);
}

static bool is_source(const char *line)
{
	int numbered;

	return snippet_past_bar(line, strcspn(line, "\n"), &numbered) &&
	       numbered;
}

static bool has_caret(const char *line)
{
	const char *p = past_bar(line);
	size_t n = p ? strcspn(p, "\n") : 0;

	return p && strspn(line, " ") == (size_t)(p - 1 - line) &&
	       memchr(p, '^', n);
}

static bool is_empty(const char *p)
{
	return p[strspn(p, " ")] == '\n' || !p[strspn(p, " ")];
}

/* The line of source that the first caret points into, or that caret. */
const char *report_find_picture(const char *s)
{
	const char *before = NULL;

	for (; s && !has_caret(s); s = report_next_line(s))
		before = past_bar(s) && !is_empty(past_bar(s)) ? s : NULL;
	return s && before ? before : s;
}

/* A help may be a label: "- help: remove this semicolon". */
static bool is_help(const char *line)
{
	const char *past = past_bar(line);
	const char *p = past ? past : line;
	size_t n = strcspn(p, "\n");

	if (past && is_source(line))
		return false;
	p += past ? snippet_label(p, n) : strspn(p, " =");
	return strncmp(p, "help: ", 6) == 0;
}

/* From where to show it: a label's line of source, or the help itself. */
const char *report_find_help(const char *s)
{
	const char *source = NULL;

	for (; s; s = report_next_line(s)) {
		if (is_source(s))
			source = s;
		if (is_help(s))
			return past_bar(s) && source ? source : s;
	}
	return NULL;
}

/* What stands behind the last caret of the line. */
static const char *label_in(const char *line, size_t *len)
{
	const char *end = line + strcspn(line, "\n");
	const char *s = memrchr(line, '^', (size_t)(end - line));

	s += strspn(s, "^~- ");
	*len = (size_t)(end - s);
	return s;
}

/* The label at the first caret: "expected `i64`, found `u32`". */
const char *report_label(const struct diag *d, size_t *len)
{
	const char *s = report_body(d);

	while (s && !has_caret(s))
		s = report_next_line(s);
	*len = 0;
	return s ? label_in(s, len) : "";
}

static unsigned show(const struct term *t, const char *s, size_t len)
{
	struct buf out = BUF_INIT;
	char bar[64];
	unsigned lines;

	report_bar(bar, sizeof(bar), t);
	lines = snippet_add(&out, t, bar, s, len);
	term_write(t, buf_str(&out), out.len);
	buf_release(&out);
	return lines;
}

const char *report_picture_end(const char *s)
{
	for (unsigned n = 0;
	     s && n < MAX_PICTURE && past_bar(s) && !is_empty(past_bar(s)); n++)
		s = report_next_line(s);
	return s;
}

static unsigned show_until(const struct term *t, const char *s, const char *end)
{
	return show(t, s, end ? (size_t)(end - s) : strlen(s));
}

unsigned report_picture(const struct term *t, const char *s)
{
	return show_until(t, s, report_picture_end(s));
}

/* The lines that a help proposes: "27 |", "27 +", and marks below them. */
static bool is_proposed(const char *s)
{
	size_t n = strspn(s, " 0123456789");

	return past_bar(s) ||
	       (n && (s[n] == '+' || s[n] == '-') && s[n + 1] == ' ');
}

unsigned report_help(const struct term *t, const char *s, bool propose)
{
	const char *end = report_next_line(s);
	unsigned used;

	/* A label, below its line of source. */
	if (is_source(s)) {
		while (end && !is_help(end))
			end = report_next_line(end);
		return show_until(t, s, end ? report_next_line(end) : NULL);
	}
	used = show_until(t, s + strspn(s, " ="), end);
	if (!propose)
		return used;
	if (end && past_bar(end) && is_empty(past_bar(end)))
		end = report_next_line(end);
	s = end;
	for (unsigned n = 0; end && n < MAX_PICTURE && is_proposed(end) &&
			     !(past_bar(end) && is_empty(past_bar(end)));
	     n++)
		end = report_next_line(end);
	return s && s != end ? used + show_until(t, s, end) : used;
}

unsigned report_whole(const struct term *t, const char *s)
{
	return show(t, s, strlen(s));
}

/* ---- what need not be told ---- */

/* "= note: `-W x` implied by `-W y`": about the tool, not about the work. */
static bool is_about_tool(const char *line)
{
	static const char *const starts[] = {
		"= help: for further information visit ",
		"= help: to override ",
		"= note: `-",
		"= note: `#[warn(",
		"= note: `#[deny(",
		"= note: requested on the command line with ",
	};

	line += strspn(line, " ");
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (strncmp(line, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* "--> x.rs:1:2", where the headline has said so. */
static bool is_place_of(const char *line, const struct diag *d)
{
	char place[512];
	int n = snprintf(place, sizeof(place), "--> %s:%u:%u",
			 d->file ? d->file : "", d->line, d->col);
	size_t skip = strspn(line, " ");

	return n > 0 && (size_t)n < sizeof(place) &&
	       strncmp(line + skip, place, (size_t)n) == 0 &&
	       (!line[skip + (size_t)n] || line[skip + (size_t)n] == '\n');
}

void report_told(struct buf *out, const struct diag *d)
{
	const char *s = report_body(d);
	bool first = true;

	if (s && is_place_of(s, d)) {
		s = report_next_line(s);
		if (s && past_bar(s) && is_empty(past_bar(s)))
			s = report_next_line(s);
	}
	for (; s; s = report_next_line(s)) {
		size_t n = strcspn(s, "\n");

		if (is_about_tool(s))
			continue;
		if (!first)
			buf_addc(out, '\n');
		buf_add(out, s, n);
		first = false;
	}
	/* An empty row at the end says nothing. */
	while (out->len && strchr(" |\n", out->data[out->len - 1]))
		out->data[--out->len] = '\0';
}
