/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cell.h"
#include "checker/buf.h"
#include "glyph.h"
#include "term.h"

#include <string.h>

static unsigned put(struct buf *out, const struct term *t, const char *s,
		    unsigned columns)
{
	struct buf ascii = BUF_INIT;
	const char *mark = t->utf8 ? "\u2026" : "...";
	unsigned wide = t->utf8 ? 1 : 3;
	unsigned used;
	size_t n;

	/* Spelled first, for spelling makes it longer. */
	if (!t->utf8)
		glyph_to_ascii(&ascii, s, strlen(s));
	s = t->utf8 ? s : buf_str(&ascii);
	used = glyph_columns(s, strlen(s));
	if (used <= columns) {
		buf_adds(out, s);
	} else {
		n = glyph_fit(s, strlen(s),
			      columns > wide ? columns - wide : 0);
		buf_add(out, s, n);
		buf_adds(out, mark);
		used = glyph_columns(s, n) + wide;
	}
	buf_release(&ascii);
	return used;
}

void cell_last(struct buf *out, const struct term *t, const char *s,
	       unsigned columns)
{
	put(out, t, s, columns);
}

void cell_add(struct buf *out, const struct term *t, const char *s,
	      unsigned columns)
{
	for (unsigned used = put(out, t, s, columns); used < columns; used++)
		buf_addc(out, ' ');
}
