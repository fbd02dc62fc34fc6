/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fold.h"
#include "checker/buf.h"
#include "glyph.h"
#include "term.h"

#include <string.h>

enum {
	SIGN = 2, /* columns of the sign before what goes on */
	LEAST = 8, /* columns of code in a line, however small the screen */
};

/* Columns of spaces at the beginning, behind the sign of a diff. */
static unsigned lead(const char *s, size_t len)
{
	const char *end = s + len;
	unsigned n = 0;

	while (s < end && *s == '\033') {
		const char *m = memchr(s, 'm', (size_t)(end - s));

		s = m ? m + 1 : end;
	}
	if (s < end && (*s == '+' || *s == '-'))
		n++, s++;
	while (s < end && *s == ' ')
		n++, s++;
	return n;
}

/* How much of @s stands in this row: up to a space, if that is no waste. */
static size_t row(const char *s, size_t len, unsigned columns)
{
	size_t n = glyph_fit(s, len, columns);
	size_t at = n;

	if (n == len)
		return n;
	if (n == 0)
		return 1;
	while (at > 0 && s[at] != ' ')
		at--;
	return glyph_columns(s, at) > columns / 3 ? at : n;
}

static void go_on(struct buf *out, const struct term *t, const char *prefix,
		  unsigned indent, const char *style)
{
	if (*style)
		buf_adds(out, term_off(t));
	buf_addf(out, "\n%s%*s%s%s%s %s", prefix, (int)indent, "",
		 term_on(t, TERM_DIM), t->utf8 ? "\u21b3" : ">", term_off(t),
		 style);
}

void fold_line(struct buf *out, const struct term *t, const char *prefix,
	       const char *line, size_t len)
{
	unsigned used = glyph_columns(prefix, strlen(prefix));
	unsigned width = t->width > used + LEAST ? t->width - used : LEAST;
	unsigned indent = lead(line, len);
	const char *end = line + len;
	char style[16] = "";
	size_t n;

	if (!t->tty || t->plain || glyph_columns(line, len) <= width) {
		buf_add(out, line, len);
		return;
	}
	if (indent > width / 4)
		indent = width / 4;
	for (;;) {
		n = row(line, (size_t)(end - line), width);
		buf_add(out, line, n);
		glyph_style(style, sizeof(style), line, n);
		line += n;
		while (line < end && *line == ' ')
			line++;
		if (line == end)
			break;
		go_on(out, t, prefix, indent, style);
		width = t->width > used + indent + SIGN + LEAST
				? t->width - used - indent - SIGN
				: LEAST;
	}
}
