/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * raw: the terminal lent to somebody at the end of a line (guest-visit.h).
 *
 * Between raw_begin() and raw_end() every key goes through as it is and what
 * comes back is written as it comes, as with ssh: it is the other side that
 * edits lines and makes signals. What it switched on in the terminal and did
 * not take back, raw_end() does. Without a terminal nothing is set, and the
 * output, cleaned, goes where all output goes.
 */
#ifndef SHELL_RAW_H
#define SHELL_RAW_H

#include "vt-modes.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct err;
struct term;

struct raw {
	const struct term *t;
	bool on;
	struct termios was;
	sigset_t mask;
	int size_fd; /* readable when the window changed; -1: never */
	char last; /* byte that was written; 0: none */
	struct vt_modes modes; /* what the other side switched on */
};

void raw_init(struct raw *r, const struct term *t);
int raw_begin(struct raw *r, struct err *e);
/* All as it was, and the cursor at the start of a line. Also without begin. */
void raw_end(struct raw *r);

/*
 * After a program that had the terminal for itself and was ended by a signal:
 * all that it may have switched on is taken back.
 */
void raw_undo(const struct term *t);

/* For struct visit_line; @arg is a struct raw. */
void raw_output(void *arg, const char *data, size_t len);
void raw_size(void *arg, unsigned *rows, unsigned *columns);

#endif
