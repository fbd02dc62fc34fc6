/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watch-keys.h"
#include "checker/buf.h"
#include "term.h"

#include <string.h>

enum {
	LOW = 16, /* lines of a screen: below it there is no room for */
	WIDE = 80, /* the keys' names, if they do not fit in one */
};

static const struct {
	const char *key, *does;
} key_table[] = {
	{"h", "hint"},	{"l", "log"},	    {"n", "next"},
	{"t", "list"},	{"e", "explain"},   {"d", "more"},
	{"r", "reset"}, {"Enter", "check"}, {"q", "quit"},
};

/* In one line, for a screen that has few of them. */
static void add_keys_short(struct buf *b, const struct term *t)
{
	for (size_t i = 0; i < sizeof(key_table) / sizeof(*key_table); i++)
		buf_addf(b, "%s%s%s ", term_on(t, TERM_BOLD), key_table[i].key,
			 term_off(t));
	buf_addf(b, " %s?%s %shelp%s", term_on(t, TERM_BOLD), term_off(t),
		 term_on(t, TERM_DIM), term_off(t));
}

/* As many as fit in each line. */
static void add_keys(struct buf *b, const struct term *t)
{
	unsigned column = 0;

	for (size_t i = 0; i < sizeof(key_table) / sizeof(*key_table); i++) {
		const char *key = key_table[i].key, *does = key_table[i].does;
		unsigned n = (unsigned)(strlen(key) + strlen(does)) + 1;

		if (column && column + 2 + n >= t->width) {
			buf_addc(b, '\n');
			column = 0;
		}
		buf_addf(b, "%s%s%s%s %s%s%s", column ? "  " : "",
			 term_on(t, TERM_BOLD), key, term_off(t),
			 term_on(t, TERM_DIM), does, term_off(t));
		column += n + (column ? 2 : 0);
	}
}

void watch_keys(struct buf *b, const struct term *t)
{
	if (t->height && t->height < LOW && t->width < WIDE)
		add_keys_short(b, t);
	else
		add_keys(b, t);
}
