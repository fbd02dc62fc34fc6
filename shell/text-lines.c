/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that is no Markdown: files, and what programs printed. */
#include "text.h"
#include "checker/buf.h"
#include "glyph.h"
#include "term.h"

#include <stdbool.h>
#include <string.h>

enum { FOLD_INDENT = 2 };

static void verbatim_char(struct buf *out, const char *s, size_t len,
			  unsigned *column)
{
	if (*s == '\t') {
		do
			buf_addc(out, ' ');
		while (++*column % 8);
		return;
	}
	glyph_clean(out, s, len);
	*column += glyph_columns(s, len);
}

void text_verbatim(struct buf *out, const char *s, size_t len, unsigned indent)
{
	const char *end = s + len;

	do {
		unsigned column = 0;

		for (unsigned i = 0; i < indent; i++)
			buf_addc(out, ' ');
		while (s < end && *s != '\n') {
			const char *at = s;

			glyph_next(&s, end);
			verbatim_char(out, at, (size_t)(s - at), &column);
		}
		buf_addc(out, '\n');
		if (s < end)
			s++;
	} while (s < end);
}

static void add_cropped(struct buf *out, const char *s, size_t len,
			unsigned columns, bool utf8)
{
	unsigned mark = utf8 ? 1 : 3;

	if (glyph_columns(s, len) <= columns) {
		buf_add(out, s, len);
		return;
	}
	buf_add(out, s, glyph_fit(s, len, columns > mark ? columns - mark : 0));
	buf_adds(out, utf8 ? "\u2026" : "...");
}

void text_line(struct buf *out, const struct term *t, unsigned used,
	       const char *s, size_t len)
{
	struct buf line = BUF_INIT;

	text_verbatim(&line, s, len, 0);
	if (line.len)
		line.len--; /* its newline */
	if (t->tty)
		add_cropped(out, buf_str(&line), line.len,
			    t->width > used ? t->width - used : 1, t->utf8);
	else
		buf_add(out, buf_str(&line), line.len);
	buf_release(&line);
}

void text_lines(struct buf *out, const struct term *t, const char *prefix,
		const char *s, size_t len)
{
	unsigned used = glyph_columns(prefix, strlen(prefix));
	const char *end = s + len;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		size_t n = (size_t)((nl ? nl : end) - s);

		buf_adds(out, prefix);
		text_line(out, t, used, s, n);
		buf_addc(out, '\n');
		s += n + (nl ? 1 : 0);
	}
}

size_t text_piece(const char *s, size_t len, unsigned columns)
{
	size_t n = glyph_fit(s, len, columns);
	size_t least = n / 4, at = n;

	if (n >= len)
		return len;
	if (strspn(s, " ") > least)
		least = strspn(s, " ");
	while (at > least && s[at] != ' ')
		at--;
	if (at > least)
		return at;
	return n ? n : 1;
}

unsigned text_fold(struct buf *out, const struct term *t, const char *prefix,
		   const char *s, size_t len)
{
	unsigned used = glyph_columns(prefix, strlen(prefix));
	unsigned room = t->width > used + 1 ? t->width - used : 1;
	struct buf line = BUF_INIT;
	unsigned lines = 0, in = 0;
	const char *p, *end;

	text_verbatim(&line, s, len, 0);
	p = buf_str(&line);
	end = p + line.len - (line.len ? 1 : 0); /* its newline */
	do {
		size_t n = t->tty ? text_piece(p, (size_t)(end - p), room - in)
				  : (size_t)(end - p);

		buf_addf(out, "%s%*s", prefix, (int)in, "");
		buf_add(out, p, n);
		buf_addc(out, '\n');
		for (p += n; n && p < end && *p == ' ';)
			p++;
		if (!lines++)
			in = (unsigned)strspn(buf_str(&line), " ") +
			     FOLD_INDENT;
		if (in > room / 3)
			in = room / 3;
	} while (p < end);
	buf_release(&line);
	return lines;
}
