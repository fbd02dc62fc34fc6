/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text is printed downwards like that of any program; only going back,
 * or to what was searched, draws the screen anew. So what was read stays
 * where the terminal keeps it.
 */
#include "page.h"
#include "checker/buf.h"
#include "glyph.h"
#include "page-key.h"
#include "term.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Columns: a line of keys that wraps could not be taken away. */
enum { ROOM_FOR_WORDS = 62, ROOM_FOR_HELP = 72 };

struct line {
	size_t at, len; /* in the text, without the newline */
	unsigned rows; /* of the screen */
};

struct page {
	struct term *t;
	page_fn *fn; /* NULL: the text is given */
	void *arg;
	struct buf made;
	const char *text;
	size_t len;
	struct line *v;
	size_t n;
	size_t top, end; /* the lines that are shown: from top on, not end */
	unsigned width, height;
	char found[80]; /* what was searched last */
	const char *note; /* to say once in the place of the keys */
	bool help; /* likewise: all the keys */
	const size_t *keep; /* bytes at the end that are shown anyway */
};

/* Lines of the screen that @len bytes fill, the terminal breaking them. */
static unsigned rows_of(const struct term *t, const char *s, size_t len)
{
	unsigned columns = glyph_columns(s, len);

	return columns ? (columns + t->width - 1) / t->width : 1;
}

/* Split what is to be shown into lines. -1: no memory. */
static int lay_out(struct page *p)
{
	const char *s, *end;

	if (p->fn) {
		buf_clear(&p->made);
		p->fn(&p->made, p->t, p->arg);
		p->text = buf_str(&p->made);
		p->len = p->made.len;
	}
	p->width = p->t->width;
	p->height = p->t->height;
	p->n = 0;
	end = p->text + p->len;
	for (s = p->text; s < end;) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((nl ? nl : end) - s);
		struct line *more;

		more = reallocarray(p->v, p->n + 1, sizeof(*more));
		if (!more)
			return -1;
		p->v = more;
		p->v[p->n++] = (struct line){.at = (size_t)(s - p->text),
					     .len = len,
					     .rows = rows_of(p->t, s, len)};
		s = nl ? nl + 1 : end;
	}
	return 0;
}

static unsigned screen_rows(const struct page *p)
{
	return p->height > 1 ? p->height - 1 : 1;
}

/* The end of as many lines from @from on as fit; at least one. */
static size_t fill_down(const struct page *p, size_t from, unsigned rows)
{
	unsigned used = 0;

	while (from < p->n) {
		if (used && used + p->v[from].rows > rows)
			break;
		used += p->v[from++].rows;
	}
	return from;
}

/* The first line of a screen that ends before line @end. */
static size_t fill_up(const struct page *p, size_t end)
{
	unsigned used = 0, rows = screen_rows(p);

	while (end > 0 && (!used || used + p->v[end - 1].rows <= rows))
		used += p->v[--end].rows;
	return end;
}

static void put(const struct page *p, size_t from, size_t to)
{
	if (from < to)
		term_write(p->t, p->text + p->v[from].at,
			   (to < p->n ? p->v[to].at : p->len) - p->v[from].at);
}

/* @rows more, below what is there. */
static void forward(struct page *p, unsigned rows)
{
	size_t end = fill_down(p, p->end, rows);

	put(p, p->end, end);
	p->end = end;
	p->top = fill_up(p, end);
}

/* A whole screen from line @top on. */
static void draw(struct page *p, size_t top)
{
	size_t last = fill_up(p, p->n);

	p->top = top < last ? top : last;
	p->end = fill_down(p, p->top, screen_rows(p));
	term_say(p->t, "\033[H\033[2J");
	put(p, p->top, p->end);
}

/* The first line after the top one that has what is searched; .n: none. */
static size_t search(const struct page *p, size_t from)
{
	for (size_t i = from; i < p->n; i++) {
		struct buf b = BUF_INIT;
		bool has;

		page_key_plain(&b, p->text + p->v[i].at, p->v[i].len);
		has = strcasestr(buf_str(&b), p->found);
		buf_release(&b);
		if (has)
			return i;
	}
	return p->n;
}

static void find(struct page *p, bool again)
{
	size_t at;

	if (!again && !page_key_text(p->t, p->found, sizeof(p->found)))
		return;
	at = p->found[0] ? search(p, p->top + 1) : p->n;
	if (at == p->n)
		p->note = p->found[0] ? "not found below" : "nothing to find";
	else
		draw(p, at);
}

/* The terminal has another size: the same place in the new lines. */
static bool follow_size(struct page *p)
{
	size_t n = p->n, top = p->top;

	term_resize(p->t);
	if (p->t->width == p->width && p->t->height == p->height)
		return true;
	if (lay_out(p) < 0)
		return false;
	draw(p, n ? top * p->n / n : 0);
	return true;
}

/* As many of the keys as there is room for; "?" is for the others. */
static void add_keys(struct buf *b, const struct page *p)
{
	bool end = p->end == p->n;

	if (p->width < ROOM_FOR_WORDS)
		buf_adds(b, end ? "Enter, b, /, ?" : "space, b, /, q, ?");
	else
		buf_addf(b, "%s, b: back, /: search, %s?: keys",
			 end ? "Enter: go on" : "space: more",
			 end ? "" : "q: go on, ");
}

static void add_help(struct buf *b, const struct page *p)
{
	if (p->width < ROOM_FOR_HELP)
		buf_adds(b, "b f k j g G / n, q: go on");
	else
		buf_adds(b, "space b: pages, j k: lines, g G: ends, /: search, "
			    "n: again, q: go on");
}

static void say_keys(struct page *p)
{
	size_t percent = p->n ? p->end * 100 / p->n : 100;
	struct buf b = BUF_INIT;

	if (p->note) {
		buf_addf(&b, "-- %s --", p->note);
	} else if (p->help) {
		add_help(&b, p);
	} else {
		buf_addf(&b, "-- %zu%% -- ", percent);
		add_keys(&b, p);
	}
	p->note = NULL;
	p->help = false;
	term_say(p->t, "%s%s%s", term_on(p->t, TERM_DIM), buf_str(&b),
		 term_off(p->t));
	fflush(p->t->out);
	buf_release(&b);
}

/* False: that was enough. */
static bool obey(struct page *p, int key)
{
	switch (key) {
	case PAGE_MORE:
	case PAGE_LINE:
		if (p->end == p->n)
			return false;
		forward(p, key == PAGE_MORE ? screen_rows(p) : 1);
		break;
	case PAGE_DOWN: /* an arrow does not leave */
		forward(p, 1);
		break;
	case PAGE_HELP:
		p->help = true;
		break;
	case PAGE_BACK:
		draw(p, fill_up(p, p->top));
		break;
	case PAGE_UP:
		draw(p, p->top ? p->top - 1 : 0);
		break;
	case PAGE_FIRST:
		draw(p, 0);
		break;
	case PAGE_LAST:
		draw(p, p->n);
		break;
	case PAGE_FIND:
	case PAGE_AGAIN:
		find(p, key == PAGE_AGAIN);
		break;
	case PAGE_QUIT:
		return false;
	default: /* the size, or a key that means nothing */
		break;
	}
	return true;
}

static void run(struct page *p)
{
	forward(p, screen_rows(p));
	if (p->end == p->n)
		return;
	for (;;) {
		int key;

		say_keys(p);
		key = page_key_read();
		term_say(p->t, "\r\033[K");
		if (!obey(p, key) || !follow_size(p))
			break;
	}
	fflush(p->t->out);
}

static void show_kept(const struct page *p)
{
	size_t at = p->end;

	while (at < p->n && p->v[at].at < p->len - *p->keep)
		at++;
	put(p, at, p->n);
}

static bool show(struct page *p)
{
	bool whole = true;

	term_resize(p->t);
	if (lay_out(p) < 0 || !p->t->keys || !p->t->moves || p->t->height < 4) {
		term_write(p->t, p->text, p->len);
	} else {
		run(p);
		whole = p->end == p->n;
		if (p->keep)
			show_kept(p);
	}
	buf_release(&p->made);
	free(p->v);
	return whole;
}

bool page_render(struct term *t, page_fn *fn, void *arg)
{
	struct page p = {.t = t, .fn = fn, .arg = arg, .text = ""};

	return show(&p);
}

void page_render_to(struct term *t, page_fn *fn, void *arg, const size_t *keep)
{
	struct page p = {
		.t = t, .fn = fn, .arg = arg, .text = "", .keep = keep};

	show(&p);
}

void page_show(struct term *t, const char *text, size_t len)
{
	struct page p = {.t = t, .text = text, .len = len};

	show(&p);
}
