/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page-key: the keys of the pager. The terminal is raw only while one is
 * waited for, so that whatever ends the program leaves it as it was.
 */
#ifndef SHELL_PAGE_KEY_H
#define SHELL_PAGE_KEY_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct term;

enum page_key {
	PAGE_NOTHING, /* no key of ours, or the window's size has changed */
	PAGE_MORE,
	PAGE_LINE,
	PAGE_DOWN, /* a line, too */
	PAGE_BACK,
	PAGE_UP,
	PAGE_FIRST,
	PAGE_LAST,
	PAGE_FIND,
	PAGE_AGAIN,
	PAGE_HELP,
	PAGE_QUIT,
};

enum page_key page_key_read(void);

/* Ask for what to search, on the last line. False: it was thought better of. */
bool page_key_text(const struct term *t, char *out, size_t size);

/* Ask @question, a paragraph. True: the key that is pressed is y. */
bool page_key_yes(const struct term *t, const char *question);

/* A line without its terminal styles. */
void page_key_plain(struct buf *out, const char *s, size_t len);

#endif
