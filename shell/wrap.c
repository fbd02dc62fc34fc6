/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wrap.h"
#include "checker/buf.h"
#include "glyph.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct liner {
	struct buf *out;
	const struct wrap *w;
	unsigned column;
	bool blank; /* nothing but the prefix on this line */
	char style[16]; /* what switched the present style on, or "" */
};

void wrap_indent(struct wrap *w, unsigned n)
{
	if (n > sizeof(w->first) - 1)
		n = sizeof(w->first) - 1;
	snprintf(w->first, sizeof(w->first), "%*s", (int)n, "");
	snprintf(w->rest, sizeof(w->rest), "%*s", (int)n, "");
}

static void begin_line(struct liner *l, const char *prefix)
{
	buf_adds(l->out, prefix);
	buf_adds(l->out, l->style);
	l->column = glyph_columns(prefix, strlen(prefix));
	l->blank = true;
}

static void end_line(struct liner *l)
{
	if (l->style[0])
		buf_adds(l->out, "\033[0m");
	/* No spaces at the end of a line that has only a prefix. */
	while (l->out->len > 0 && l->out->data[l->out->len - 1] == ' ')
		l->out->data[--l->out->len] = '\0';
	buf_addc(l->out, '\n');
}

/* Up to the next space that glues, or all of it. */
static size_t to_glue(const char *s, size_t len)
{
	const char *at = memmem(s, len, WRAP_GLUE, strlen(WRAP_GLUE));

	return at ? (size_t)(at - s) : len;
}

/* What glued is a space on the screen. */
static void put_word(struct liner *l, const char *word, size_t len)
{
	while (len > 0) {
		size_t n = to_glue(word, len);

		buf_add(l->out, word, n);
		if (n < len) {
			buf_addc(l->out, ' ');
			n += strlen(WRAP_GLUE);
		}
		word += n;
		len -= n;
	}
}

static void add_word(struct liner *l, const char *word, size_t len)
{
	unsigned columns = glyph_columns(word, len);

	if (!l->blank && l->column + 1 + columns > l->w->width) {
		end_line(l);
		begin_line(l, l->w->rest);
	}
	if (!l->blank) {
		buf_addc(l->out, ' ');
		l->column++;
	}
	put_word(l, word, len);
	l->column += columns;
	l->blank = false;
	glyph_style(l->style, sizeof(l->style), word, len);
}

/* Words that are glued, as one if a line can hold that. */
static void add_glued(struct liner *l, const char *s, size_t len)
{
	const char *rest = l->w->rest;
	unsigned room = glyph_columns(rest, strlen(rest));
	bool fits;

	room = l->w->width > room ? l->w->width - room : 0;
	fits = glyph_columns(s, len) <= room;
	while (len > 0) {
		size_t n = fits ? len : to_glue(s, len);

		if (n)
			add_word(l, s, n);
		if (n < len)
			n += strlen(WRAP_GLUE);
		s += n;
		len -= n;
	}
}

void wrap_text(struct buf *out, const struct wrap *w, const char *s)
{
	struct liner l = {.out = out, .w = w};

	begin_line(&l, w->first);
	while (*s) {
		size_t n = strcspn(s, " \n");

		if (n)
			add_glued(&l, s, n);
		s += n;
		if (*s == '\n' && s[1]) {
			end_line(&l);
			begin_line(&l, w->rest);
		}
		if (*s)
			s++;
	}
	end_line(&l);
}
