/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * screen-block: a few lines of the terminal that are drawn over themselves.
 *
 * The block stands below whatever was written before it, the cursor at its
 * end. It never has more lines than the screen: what does not fit is cut, the
 * body first. For terminals whose cursor moves (term.h).
 */
#ifndef SHELL_SCREEN_BLOCK_H
#define SHELL_SCREEN_BLOCK_H

#include "checker/buf.h"

struct term;

struct block {
	/* Lines, with styles and a newline each; .foot without its last. */
	struct buf head;
	struct buf head_short; /* in its place but for the first line, or "" */
	struct buf body; /* may be cut */
	struct buf tail;
	struct buf foot;
	/* What is on the screen: columns of each line. */
	unsigned *columns;
	unsigned rows; /* 0: nothing is */
	unsigned width; /* of the terminal then */
};

void block_clear(struct block *b); /* the texts; the screen stays */
void block_release(struct block *b);

/* In the place of what was drawn before. */
void block_draw(struct block *b, const struct term *t);
/* Take it away; the cursor is where it began. */
void block_erase(struct block *b, const struct term *t);
/* It stays for good; the cursor is below it, after a blank line. */
void block_settle(struct block *b, const struct term *t);

#endif
