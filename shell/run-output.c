/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "run-output.h"
#include "checker/spec.h"

#include <string.h>

/* The line "--- LABEL" at or after @s, a line's start; NULL: there is none. */
static const char *find_heading(const char *s, const char *label)
{
	size_t n = strlen(label);

	while (s && *s) {
		if (strncmp(s, "--- ", 4) == 0 &&
		    strncmp(s + 4, label, n) == 0 && s[4 + n] == '\n')
			return s;
		s = strchr(s, '\n');
		s = s ? s + 1 : NULL;
	}
	return NULL;
}

const char *run_output_next(const char **rest, const struct spec *spec,
			    size_t i, size_t *len)
{
	const char *s = find_heading(*rest, spec->plan[i].label);
	const char *end = NULL;

	if (!s)
		return NULL;
	s = strchr(s, '\n') + 1;
	for (size_t j = i + 1; j < spec->nplan && !end; j++)
		end = find_heading(s, spec->plan[j].label);
	*len = end ? (size_t)(end - s) : strlen(s);
	*rest = s + *len;
	return s;
}
