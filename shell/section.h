/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * section: the parts of a lesson's Markdown, by the names of their headings.
 *
 * A section runs from a "## " heading to the next "# " or "## ". Its name is
 * what {#…} at the end of the heading says, or the heading as mdBook makes an
 * anchor of it. Headings in fenced code are text. Pure.
 */
#ifndef SHELL_SECTION_H
#define SHELL_SECTION_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct section {
	const char *text; /* from its heading on, in the text that was given */
	size_t len;
	size_t heading; /* bytes of the heading's line; 0: there is none */
	unsigned line;	/* of the heading, 1-based */
	char name[80];	/* "" for what comes before the first heading */
};

/*
 * Step through the sections: start with *@at = 0, *@line = 0. False at the
 * end. The first is always the one named "", even when it is empty.
 */
bool section_next(struct section *s, const char *text, size_t len, size_t *at,
		  unsigned *line);

bool section_find(struct section *s, const char *text, size_t len,
		  const char *name);

/* Add the section to @out, its heading without {#…}. */
void section_print(const struct section *s, struct buf *out);

#endif
