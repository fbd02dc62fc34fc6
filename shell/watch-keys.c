/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watch-keys.h"
#include "checker/buf.h"
#include "term.h"

#include <stdio.h>
#include <string.h>

enum {
	LOW = 16, /* lines of a screen: below it there is no room for */
	WIDE = 80, /* the keys' names, if they do not fit in one */
};

static const struct {
	const char *key, *does;
} key_table[] = {
	{"h", "hint"},	{"l", "log"},	    {"n", "next"},
	{"t", "list"},	{"x", "explain"},   {"d", "more"},
	{"r", "reset"}, {"Enter", "check"}, {"q", "quit"},
};

enum { NKEYS = sizeof(key_table) / sizeof(*key_table) };

/* Key @i of those that mean something now, or NULL: its letter answers. */
static const char *key_name(size_t i, unsigned choices)
{
	const char *key = key_table[i].key;

	return !key[1] && key[0] >= 'a' && key[0] < 'a' + (int)choices ? NULL
								       : key;
}

/* "a-c": the letters that answer. */
static void letters(char out[8], unsigned choices)
{
	snprintf(out, 8, "a-%c", (char)('a' + choices - 1));
}

/* In one line, for a screen that has few of them. */
static void add_keys_short(struct buf *b, const struct term *t,
			   unsigned choices)
{
	char answer[8];

	letters(answer, choices);
	if (choices)
		buf_addf(b, "%s%s%s ", term_on(t, TERM_BOLD), answer,
			 term_off(t));
	for (size_t i = 0; i < NKEYS; i++)
		if (key_name(i, choices))
			buf_addf(b, "%s%s%s ", term_on(t, TERM_BOLD),
				 key_table[i].key, term_off(t));
	buf_addf(b, " %s?%s %shelp%s", term_on(t, TERM_BOLD), term_off(t),
		 term_on(t, TERM_DIM), term_off(t));
}

/* Behind what is in column @column: in a line of its own if need be. */
static unsigned add_key(struct buf *b, const struct term *t, unsigned column,
			const char *key, const char *does)
{
	unsigned n = (unsigned)(strlen(key) + strlen(does)) + 1;

	if (column && column + 2 + n >= t->width) {
		buf_addc(b, '\n');
		column = 0;
	}
	buf_addf(b, "%s%s%s%s %s%s%s", column ? "  " : "",
		 term_on(t, TERM_BOLD), key, term_off(t), term_on(t, TERM_DIM),
		 does, term_off(t));
	return column + n + (column ? 2 : 0);
}

/* As many as fit in each line. */
static void add_keys(struct buf *b, const struct term *t, unsigned choices)
{
	unsigned column = 0;
	char answer[8];

	letters(answer, choices);
	if (choices)
		column = add_key(b, t, column, answer, "answer");
	for (size_t i = 0; i < NKEYS; i++)
		if (key_name(i, choices))
			column = add_key(b, t, column, key_table[i].key,
					 key_table[i].does);
}

void watch_keys(struct buf *b, const struct term *t, unsigned choices)
{
	if (t->height && t->height < LOW && t->width < WIDE)
		add_keys_short(b, t, choices);
	else
		add_keys(b, t, choices);
}
