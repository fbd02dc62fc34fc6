/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "suggest.h"
#include "checker/buf.h"

#include <string.h>

#define WORD_MAX 63

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

unsigned edit_distance(const char *a, const char *b)
{
	/* Three rows: the one being filled, and the two above it. */
	unsigned rows[3][WORD_MAX + 1];
	unsigned *up2 = rows[0], *up = rows[1], *row = rows[2];
	size_t na = strnlen(a, WORD_MAX), nb = strnlen(b, WORD_MAX);

	for (size_t j = 0; j <= nb; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned *spare = up2;

		up2 = up;
		up = row;
		row = spare;
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			unsigned differ = a[i - 1] != b[j - 1];

			row[j] = min3(up[j] + 1, row[j - 1] + 1,
				      up[j - 1] + differ);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && up2[j - 2] + 1 < row[j])
				row[j] = up2[j - 2] + 1;
		}
	}
	return row[nb];
}

/* One slip in every three letters, but not a whole other word. */
static unsigned too_far(const char *word)
{
	size_t len = strlen(word);

	return len < 3 ? 2 : (unsigned)len / 3 + 1;
}

static const char *nearer(const char *word, const char *other,
			  const char *found, unsigned *best)
{
	unsigned d = edit_distance(word, other);

	if (d >= *best)
		return found;
	*best = d;
	return other;
}

const char *suggest(const char *word, const char *const *words)
{
	unsigned best = too_far(word);
	const char *found = NULL;

	for (; words && *words; words++)
		found = nearer(word, *words, found, &best);
	return found;
}

const char *suggest_of(const char *word, const struct strv *const *lists)
{
	unsigned best = too_far(word);
	const char *found = NULL;

	for (; *lists; lists++)
		for (size_t i = 0; i < (*lists)->n; i++)
			found = nearer(word, (*lists)->v[i], found, &best);
	return found;
}
