/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * solved: a file to edit as it is when solved, and where each of its lines
 * stands in solution/, with the markers.
 */
#ifndef SHELL_SOLVED_H
#define SHELL_SOLVED_H

#include "checker/buf.h"

struct err;
struct lesson;

struct solved_line {
	unsigned source; /* its line in solution/, 1-based */
	bool learners;	 /* the learner writes it: it stands in a region */
};

struct solved {
	struct buf text;
	struct solved_line *v;
	size_t n;
	bool regions; /* there is any */
};

/* -1: it cannot be read, or its markers are wrong (ERR_LESSON). */
int solved_read(struct solved *s, const struct lesson *l, const char *file,
		struct err *e);
void solved_release(struct solved *s);

/* The line in solution/ of line @line, 1-based; of a line beyond, the last. */
unsigned solved_source(const struct solved *s, unsigned line);

#endif
