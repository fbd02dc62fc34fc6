/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snippet.h"
#include "checker/buf.h"
#include "glyph.h"
#include "term.h"
#include "text.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum {
	LEAST_LABEL = 12, /* columns, to be wrapped where it stands */
	LEAST_CODE = 8,
	MOST_ROWS = 16, /* of marks below one line of source */
};

/* A line of source and the rows below it; offsets are behind the bar. */
struct snippet {
	struct buf *out;
	const struct term *t;
	const char *prefix;
	unsigned lines;
	unsigned gutter; /* columns up to the bar and with it */
	unsigned room; /* columns behind it */
	struct buf code; /* the line of source, or of marks alone */
	bool numbered;
	char number[16];
	struct buf rows[MOST_ROWS];
	size_t nrows;
};

const char *snippet_past_bar(const char *line, size_t len, int *numbered)
{
	size_t i = 0;

	*numbered = 0;
	for (; i < len && (line[i] == ' ' || isdigit((unsigned char)line[i]));
	     i++)
		*numbered |= line[i] != ' ';
	return i < len && line[i] == '|' ? line + i + 1 : NULL;
}

size_t snippet_label(const char *past, size_t len)
{
	size_t i = 0;

	while (i < len && strchr(" ^~-+|_", past[i]))
		i++;
	return i;
}

/* ---- rows ---- */

static void begin(struct snippet *p, const char *number)
{
	p->lines++;
	buf_addf(p->out, "%s%*s |", p->prefix, (int)p->gutter - 2, number);
}

static void end(struct snippet *p)
{
	while (p->out->len && p->out->data[p->out->len - 1] == ' ')
		p->out->data[--p->out->len] = '\0';
	buf_addc(p->out, '\n');
}

/* The bars of a row of marks, up to column @n: they go on to the next. */
static void add_bars(struct snippet *p, size_t row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool bar = false;

		for (size_t r = row; r <= row + 1 && r < p->nrows; r++) {
			const char *s = buf_str(&p->rows[r]);
			size_t marks = snippet_label(s, p->rows[r].len);

			bar = bar || (i < marks && s[i] == '|');
		}
		buf_addc(p->out, bar ? '|' : ' ');
	}
}

/* No word of a label has to be broken to fit in @room columns. */
static bool words_fit(const char *s, size_t len, unsigned room)
{
	const char *end = s + len;

	while (s < end) {
		size_t n = strcspn(s, " ");

		if (glyph_columns(s, n) > room)
			return false;
		s += n + strspn(s + n, " ");
	}
	return room >= LEAST_LABEL;
}

/* A label where it stands, as many lines as it takes. */
static void label_in_place(struct snippet *p, size_t row, size_t at)
{
	const char *s = buf_str(&p->rows[row]) + at;
	size_t len = p->rows[row].len - at;

	while (len) {
		size_t n = text_piece(s, len, p->room - (unsigned)at);

		buf_add(p->out, s, n);
		end(p);
		s += n;
		len -= n;
		while (len && *s == ' ') {
			s++;
			len--;
		}
		if (len) {
			begin(p, "");
			add_bars(p, row, at);
		}
	}
}

/* The mark that a label is for: above it, or just before it. */
static char mark_of(const struct snippet *p, size_t row, size_t at)
{
	const char *s = buf_str(&p->rows[row]);
	size_t i = at;

	while (i && s[i - 1] == ' ')
		i--;
	if (i && s[i - 1] != '|')
		return s[i - 1];
	s = buf_str(&p->rows[0]);
	return at < p->rows[0].len && strchr("^-~+", s[at]) ? s[at] : '-';
}

/* Below the marks, behind a mark of its own. */
static void label_below(struct snippet *p, size_t row, size_t at)
{
	const char *s = buf_str(&p->rows[row]) + at;
	size_t len = p->rows[row].len - at;
	char mark[] = {mark_of(p, row, at), ' ', '\0'};

	for (const char *lead = mark; len; lead = "  ") {
		size_t n = text_piece(s, len, p->room > 3 ? p->room - 3 : 1);

		begin(p, "");
		buf_addf(p->out, " %s", lead);
		buf_add(p->out, s, n);
		end(p);
		s += n;
		len -= n;
		while (len && *s == ' ') {
			s++;
			len--;
		}
	}
}

/* ---- blocks ---- */

static bool fits(const struct snippet *p)
{
	unsigned most = glyph_columns(buf_str(&p->code), p->code.len);

	for (size_t i = 0; i < p->nrows; i++) {
		size_t n = snippet_label(buf_str(&p->rows[i]), p->rows[i].len);

		most = n > most ? (unsigned)n : most;
	}
	return most <= p->room;
}

static void code_row(struct snippet *p)
{
	if (!p->numbered)
		return;
	begin(p, p->number);
	buf_add(p->out, buf_str(&p->code), p->code.len);
	end(p);
}

static void mark_rows(struct snippet *p)
{
	for (size_t i = 0; i < p->nrows; i++) {
		const struct buf *row = &p->rows[i];
		const char *s = buf_str(row);
		size_t at = snippet_label(s, row->len);
		bool whole = glyph_columns(s, row->len) <= p->room;

		begin(p, "");
		if (whole) {
			buf_add(p->out, s, row->len);
			end(p);
			continue;
		}
		buf_add(p->out, s, at);
		if (p->room > at &&
		    words_fit(s + at, row->len - at, p->room - (unsigned)at)) {
			label_in_place(p, i, at);
		} else {
			end(p);
			label_below(p, i, at);
		}
	}
}

/* Columns @from on, @columns of them, of each row of marks. */
static bool marks_in_part(struct snippet *p, size_t from, size_t columns)
{
	bool more = false;

	for (size_t i = 0; i < p->nrows; i++) {
		const char *m = buf_str(&p->rows[i]);
		size_t marks = snippet_label(m, p->rows[i].len);
		size_t len = marks > from ? marks - from : 0;

		more = more || len > columns;
		len = len > columns ? columns : len;
		/* Bars alone lead to labels, which go below. */
		if (len == 0 || strspn(m + from, " |") >= len)
			continue;
		begin(p, "");
		buf_addc(p->out, ' ');
		buf_add(p->out, m + from, len);
		end(p);
	}
	return more;
}

/* Source that does not fit, in parts, each with the marks below it. */
static void in_parts(struct snippet *p)
{
	const char *s = buf_str(&p->code);
	/* The space behind the bar is not part of the source. */
	size_t at = *s == ' ', column = 1;
	bool more = true;

	while (more) {
		size_t n = text_piece(s + at, p->code.len - at, p->room - 1);
		size_t columns = p->room - 1;

		if (at < p->code.len) {
			begin(p, at > 1 ? ">" : p->number);
			buf_addc(p->out, ' ');
			buf_add(p->out, s + at, n);
			end(p);
		}
		if (at + n < p->code.len)
			columns = glyph_columns(s + at, n);
		at += n;
		more = marks_in_part(p, column, columns);
		more = more || at < p->code.len;
		column += columns;
	}
	for (size_t i = 0; i < p->nrows; i++) {
		size_t n = snippet_label(buf_str(&p->rows[i]), p->rows[i].len);

		if (n < p->rows[i].len)
			label_below(p, i, n);
	}
}

static void flush(struct snippet *p)
{
	if (p->gutter && fits(p)) {
		code_row(p);
		mark_rows(p);
	} else if (p->gutter) {
		in_parts(p);
	}
	for (size_t i = 0; i < p->nrows; i++)
		buf_release(&p->rows[i]);
	buf_release(&p->code);
	p->nrows = 0;
	p->gutter = 0;
}

static void add_verbatim(struct buf *out, const char *s, size_t len)
{
	text_verbatim(out, s, len, 0);
	while (out->len && (out->data[out->len - 1] == '\n' ||
			    out->data[out->len - 1] == ' '))
		out->data[--out->len] = '\0';
}

/* Whether it was of a picture; a line of the source begins a block. */
static bool take(struct snippet *p, const char *s, size_t len)
{
	int numbered;
	const char *past = snippet_past_bar(s, len, &numbered);
	unsigned gutter = past ? (unsigned)(past - s) : 0;
	unsigned used = gutter + glyph_columns(p->prefix, strlen(p->prefix));
	unsigned digits;

	if (gutter < 2 || gutter > 12 || p->t->width < used + LEAST_CODE)
		return false;
	if (numbered || p->gutter != gutter || p->nrows == MOST_ROWS) {
		flush(p);
		p->gutter = gutter;
		p->room = p->t->width - used;
		p->numbered = numbered;
	}
	if (!numbered) {
		add_verbatim(&p->rows[p->nrows++], past, len - gutter);
		return true;
	}
	digits = (unsigned)strspn(s, " 0123456789");
	snprintf(p->number, sizeof(p->number), "%.*s",
		 (int)(digits < gutter - 2 ? digits : gutter - 2), s);
	add_verbatim(&p->code, past, len - gutter);
	return true;
}

unsigned snippet_add(struct buf *out, const struct term *t, const char *prefix,
		     const char *s, size_t len)
{
	struct snippet p = {.out = out, .t = t, .prefix = prefix};
	const char *stop = s + len;

	while (s < stop) {
		const char *nl = memchr(s, '\n', (size_t)(stop - s));
		size_t n = (size_t)((nl ? nl : stop) - s);

		if (!t->tty || !take(&p, s, n)) {
			flush(&p);
			p.lines += text_fold(out, t, prefix, s, n);
		}
		s += n + (nl ? 1 : 0);
	}
	flush(&p);
	return p.lines;
}
