/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen-block.h"
#include "glyph.h"
#include "term.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_HEIGHT = 24, LEAST_BODY = 2 };

/* A line of the block, still part of its text. */
struct line {
	const char *s;
	size_t len;
};

struct lines {
	struct line *v;
	size_t n;
};

void block_clear(struct block *b)
{
	buf_clear(&b->head);
	buf_clear(&b->head_short);
	buf_clear(&b->body);
	buf_clear(&b->tail);
	buf_clear(&b->foot);
}

void block_release(struct block *b)
{
	buf_release(&b->head);
	buf_release(&b->head_short);
	buf_release(&b->body);
	buf_release(&b->tail);
	buf_release(&b->foot);
	free(b->columns);
	*b = (struct block){.rows = 0};
}

/* ---- what fits ---- */

static size_t count(const char *s)
{
	size_t n = 0;

	for (; *s; n++) {
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	return n;
}

/* Add at most @most lines of @s; of several blank ones one. */
static void take(struct lines *l, const char *s, size_t most)
{
	while (*s && most--) {
		size_t len = strcspn(s, "\n");

		if (len || !l->n || l->v[l->n - 1].len)
			l->v[l->n++] = (struct line){.s = s, .len = len};
		s += len + (s[len] == '\n');
	}
}

static void blank(struct lines *l)
{
	if (l->n && l->v[l->n - 1].len)
		l->v[l->n++] = (struct line){.s = "", .len = 0};
}

static const char *skip_blank(const char *s)
{
	return s + strspn(s, "\n");
}

/*
 * Everything, with blank lines between the parts, if there is room; without
 * those; with short stages; and then as much of the body as there is room
 * for.
 */
static void choose(struct lines *l, const struct block *b, size_t height)
{
	const char *body = skip_blank(buf_str(&b->body));
	const char *tail = skip_blank(buf_str(&b->tail));
	const char *foot = buf_str(&b->foot);
	size_t nbody = count(body);
	size_t rest = count(tail) + count(foot);
	size_t nhead = count(buf_str(&b->head));
	bool airy = nhead + nbody + rest + 3 <= height;
	bool brief = b->head_short.len && nhead + nbody + rest > height;
	size_t room;

	take(l, buf_str(&b->head), brief ? 1 : nhead);
	if (brief && height > rest + LEAST_BODY + 2)
		take(l, buf_str(&b->head_short), 1);
	if (airy && nbody)
		blank(l);
	room = height > l->n + rest ? height - l->n - rest : 0;
	take(l, body, nbody <= room ? nbody : room ? room - 1 : 0);
	if (nbody > room && room)
		take(l, "      ... there is more: press d\n", 1);
	if (airy && *tail)
		blank(l);
	take(l, tail, height - (l->n < height ? l->n : height));
	if (airy && *foot)
		blank(l);
	/* What stays for good has its blank line below it: block_settle(). */
	while (!*foot && l->n && !l->v[l->n - 1].len)
		l->n--;
	take(l, foot, height - (l->n < height ? l->n : height));
	/* What comes below makes a blank line of its own. */
	while (l->n && !l->v[l->n - 1].len)
		l->n--;
}

/* ---- the terminal ---- */

/* A line must not reach the last column, or some terminals go on below. */
static unsigned add_line(struct buf *out, const struct term *t,
			 const struct line *l)
{
	struct buf s = BUF_INIT;
	size_t fits;
	unsigned columns;

	if (t->utf8)
		buf_add(&s, l->s, l->len);
	else
		glyph_to_ascii(&s, l->s, l->len);
	fits = glyph_fit(buf_str(&s), s.len, t->width - 1);
	columns = glyph_columns(buf_str(&s), fits);
	buf_add(out, buf_str(&s), fits);
	if (fits < s.len)
		buf_adds(out, term_off(t));
	buf_release(&s);
	return columns;
}

/*
 * To the block's first line. If the window has become narrower its lines may
 * have been broken: each that did not fit is as many as it takes.
 */
static void go_up(struct buf *out, const struct block *b, const struct term *t)
{
	unsigned height = t->height ? t->height : DEFAULT_HEIGHT;
	unsigned up = 0;

	for (unsigned i = 0; i < b->rows; i++)
		up += b->columns[i] > t->width
			      ? (b->columns[i] + t->width - 1) / t->width
			      : 1;
	up = up > height ? height : up;
	buf_addc(out, '\r');
	if (up > 1)
		buf_addf(out, "\033[%uA", up - 1);
}

static void put(struct buf *out, const struct term *t)
{
	fwrite(buf_str(out), 1, out->len, t->out);
	fflush(t->out);
	buf_release(out);
}

static void draw_lines(struct block *b, const struct term *t,
		       const struct lines *l)
{
	struct buf out = BUF_INIT;
	unsigned *columns = calloc(l->n + 1, sizeof(*columns));

	if (!columns)
		return;
	go_up(&out, b, t);
	for (size_t i = 0; i < l->n; i++) {
		/* A line that was broken there must not be joined again. */
		if (b->width != t->width)
			buf_adds(&out, "\033[K");
		columns[i] = add_line(&out, t, &l->v[i]);
		buf_adds(&out, i + 1 < l->n ? "\033[K\r\n" : "\033[K");
	}
	buf_adds(&out, "\033[J");
	free(b->columns);
	b->columns = columns;
	b->width = t->width;
	b->rows = (unsigned)l->n;
	put(&out, t);
}

void block_draw(struct block *b, const struct term *t)
{
	size_t height = (t->height ? t->height : DEFAULT_HEIGHT) - 1;
	size_t most = count(buf_str(&b->head)) + count(buf_str(&b->body)) +
		      count(buf_str(&b->tail)) + count(buf_str(&b->foot)) + 8;
	struct lines l = {.v = calloc(most, sizeof(*l.v))};

	if (!l.v)
		return;
	choose(&l, b, height ? height : 1);
	draw_lines(b, t, &l);
	free(l.v);
}

void block_erase(struct block *b, const struct term *t)
{
	struct buf out = BUF_INIT;

	if (b->rows == 0)
		return;
	go_up(&out, b, t);
	/* From the screen's first line on tmux would put it into its history. */
	buf_adds(&out, b->rows > 1 ? "\033[K\r\n\033[J\033[A" : "\033[K");
	b->rows = 0;
	put(&out, t);
}

void block_settle(struct block *b, const struct term *t)
{
	struct buf out = BUF_INIT;

	if (b->rows)
		buf_adds(&out, "\r\n\r\n");
	b->rows = 0;
	put(&out, t);
}
