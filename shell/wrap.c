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
	buf_add(l->out, word, len);
	l->column += columns;
	l->blank = false;
	glyph_style(l->style, sizeof(l->style), word, len);
}

void wrap_text(struct buf *out, const struct wrap *w, const char *s)
{
	struct liner l = {.out = out, .w = w};

	begin_line(&l, w->first);
	while (*s) {
		size_t n = strcspn(s, " \n");

		if (n)
			add_word(&l, s, n);
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
