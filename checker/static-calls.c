/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "static-calls.h"

#include <stdlib.h>
#include <string.h>

#define SITE_SIZE 8
#define CALL_SIZE 5

int static_calls_read(struct static_calls *s, const void *table, size_t len,
		      uint64_t at)
{
	const char *p = table;

	s->n = len / SITE_SIZE;
	s->sites = calloc(s->n + 1, sizeof(*s->sites));
	if (!s->sites)
		return -1;
	for (size_t i = 0; i < s->n; i++) {
		int32_t offset;

		memcpy(&offset, p + i * SITE_SIZE, sizeof(offset));
		s->sites[i] = at + i * SITE_SIZE + (uint64_t)(int64_t)offset;
	}
	return 0;
}

void static_calls_release(struct static_calls *s)
{
	free(s->sites);
	*s = (struct static_calls){.n = 0};
}

/* Take back what of @from to @to lies in the code: 1, or 0 if nothing does. */
static size_t undo(uint64_t from, uint64_t to, uint64_t at, unsigned char *now,
		   const unsigned char *was, size_t len)
{
	uint64_t first = from > at ? from - at : 0;
	uint64_t end = to > at ? to - at : 0;

	if (end > len)
		end = len;
	if (first >= end)
		return 0;
	memcpy(now + first, was + first, end - first);
	return 1;
}

size_t static_calls_undo(const struct static_calls *s, uint64_t at,
			 unsigned char *now, const unsigned char *was,
			 size_t len)
{
	size_t n = undo(s->from, s->to, at, now, was, len);

	for (size_t i = 0; i < s->n; i++)
		n += undo(s->sites[i], s->sites[i] + CALL_SIZE, at, now, was,
			  len);
	return n;
}
