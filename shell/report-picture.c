/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a compiler printed below a headline: pictures of the source with
 * carets and labels, notes, help.
 */
#include "report-int.h"
#include "checker/buf.h"
#include "checker/diag.h"
#include "glyph.h"
#include "term.h"

#include <ctype.h>
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
	while (*line == ' ' || isdigit((unsigned char)*line))
		line++;
	return *line == '|' ? line + 1 : NULL;
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

const char *report_find_help(const char *s)
{
	for (; s; s = report_next_line(s)) {
		const char *p = s + strspn(s, " =");

		if (strncmp(p, "help: ", 6) == 0)
			return s;
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

/*
 * A line that has to be cut may not lose its label, which says most: that
 * comes below it once more.
 */
static unsigned show_line(const struct term *t, const char *s)
{
	unsigned columns = glyph_columns(s, strcspn(s, "\n"));
	struct buf b = BUF_INIT;
	size_t len = 0;
	const char *label = has_caret(s) ? label_in(s, &len) : NULL;

	report_quote_line(t, s);
	if (!t->tty || !len || columns + REPORT_MARGIN + 2 <= t->width)
		return 1;
	glyph_clean(&b, label, len);
	report_head(t, term_sign(t, "      | ", "      "), REPORT_MARGIN + 2,
		    buf_str(&b));
	buf_release(&b);
	return 2;
}

unsigned report_picture(const struct term *t, const char *s)
{
	unsigned n = 0, used = 0;

	while (s && n++ < MAX_PICTURE && past_bar(s) &&
	       !is_empty(past_bar(s))) {
		used += show_line(t, s);
		s = report_next_line(s);
	}
	return used;
}

unsigned report_whole(const struct term *t, const char *s)
{
	unsigned used = 0;

	for (; s; s = report_next_line(s))
		used += show_line(t, s);
	return used;
}
