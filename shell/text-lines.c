/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that is no Markdown: files, and what programs printed. */
#include "text.h"
#include "checker/buf.h"
#include "glyph.h"
#include "term.h"

#include <stdbool.h>
#include <string.h>

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
