/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "choices.h"
#include "cell.h"
#include "checker/buf.h"
#include "glyph.h"
#include "term.h"
#include "wrap.h"

#include <string.h>

enum { LEAST_NOTE = 12 }; /* fewer columns than that say nothing */

static unsigned widest(const struct strv *words)
{
	unsigned wide = 0;

	for (size_t i = 0; i < words->n; i++) {
		unsigned n = glyph_columns(words->v[i], strlen(words->v[i]));

		wide = n > wide ? n : wide;
	}
	return wide;
}

static bool has_notes(const struct strv *words, const struct strv *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		if (*notes->v[i])
			return notes->n == words->n;
	return false;
}

static void with_notes(struct buf *out, const struct term *t, unsigned wide,
		       const struct strv *words, const struct strv *notes)
{
	for (size_t i = 0; i < words->n; i++) {
		if (!*notes->v[i]) {
			buf_addf(out, "%s\n", words->v[i]);
			continue;
		}
		cell_add(out, t, words->v[i], wide + 2);
		cell_last(out, t, notes->v[i], t->width - wide - 3);
		buf_addc(out, '\n');
	}
}

static void in_columns(struct buf *out, const struct term *t, unsigned wide,
		       const struct strv *words)
{
	unsigned column = 0;

	for (size_t i = 0; i < words->n; i++) {
		bool last =
			i + 1 == words->n || column + 2 * (wide + 2) > t->width;

		if (last)
			buf_addf(out, "%s\n", words->v[i]);
		else
			cell_add(out, t, words->v[i], wide + 2);
		column = last ? 0 : column + wide + 2;
	}
}

void choices_add(struct buf *out, const struct term *t, const char *usage,
		 const struct strv *words, const struct strv *notes)
{
	unsigned wide = widest(words);
	struct wrap w = {.width = term_prose(t)};
	/* The line itself, the usage, and the line again below. */
	bool room = !t->height || words->n + 4 <= t->height;

	if (*usage)
		wrap_text(out, &w, usage);
	if (room && has_notes(words, notes) &&
	    wide + 3 + LEAST_NOTE <= t->width)
		with_notes(out, t, wide, words, notes);
	else
		in_columns(out, t, wide, words);
}
