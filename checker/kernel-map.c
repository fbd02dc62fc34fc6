/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel-map.h"
#include "buf.h"
#include "err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAP_MAX ((size_t)64 << 20)
#define NAME_AT 19 /* sixteen digits, a space, a letter, a space */

char *kernel_map_open(const char *path, struct err *e)
{
	struct buf b = BUF_INIT;
	char *map = NULL;

	if (buf_read_file(&b, path, MAP_MAX, e) < 0)
		return NULL;
	map = buf_steal(&b);
	if (!map)
		err_set(e, ERR_ENV, 0, "the kernel's System.map is damaged");
	return map;
}

/* The end of the line, where the next one's newline or the text's end is. */
static const char *line_end(const char *line)
{
	return strchrnul(line, '\n');
}

void kernel_map_find(const char *map, struct kernel_symbol *s, size_t n)
{
	const char *end;

	for (size_t i = 0; i < n; i++)
		s[i].address = 0;
	for (const char *p = map; *p; p = *end ? end + 1 : end) {
		size_t len;

		end = line_end(p);
		if (end - p <= NAME_AT)
			continue;
		len = (size_t)(end - p) - NAME_AT;
		for (size_t i = 0; i < n; i++)
			if (p[NAME_AT] == s[i].name[0] &&
			    strncmp(p + NAME_AT, s[i].name, len) == 0 &&
			    s[i].name[len] == '\0' && !s[i].address)
				s[i].address = strtoull(p, NULL, 16);
	}
}

void kernel_map_name(const char *map, uint64_t address, char *out, size_t size)
{
	const char *best = NULL, *end;

	for (const char *p = map; *p; p = *end ? end + 1 : end) {
		end = line_end(p);
		if (end - p <= NAME_AT)
			continue;
		if (strtoull(p, NULL, 16) > address)
			break;
		best = p + NAME_AT;
	}
	snprintf(out, size, "%.*s", best ? (int)(line_end(best) - best) : 0,
		 best ? best : "");
}
