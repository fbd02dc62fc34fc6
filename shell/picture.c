/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "picture.h"
#include "cell.h"
#include "checker/buf.h"
#include "session.h"
#include "term.h"
#include "track.h"

#include <string.h>

enum {
	TITLE = 26,
	SIGNS = 16, /* of a track, beside its title */
	NARROW = 70, /* below that a track takes two lines */
};

static const struct {
	char sign;
	const char *word;
	enum term_style style;
} looks[] = {
	[TRACK_PASSED] = {'#', "passed", TERM_GOOD},
	[TRACK_STARTED] = {'>', "begun", TERM_WARN},
	[TRACK_OPEN] = {'o', "open", TERM_BOLD},
	[TRACK_LOCKED] = {'.', "later", TERM_DIM},
	[TRACK_BROKEN] = {'?', "broken", TERM_BAD},
};

enum { LOOKS = sizeof(looks) / sizeof(*looks) };

/* Lessons .v[0] to .v[n - 1] of one track. */
struct row {
	const struct term *t;
	const struct track_map *m;
	const struct catalogue_entry *v;
	size_t n;
	size_t count[LOOKS];
};

/*
 * Of several lessons that share a sign the one that is least done decides:
 * nothing is drawn as more than it is. But what is begun is seen.
 */
static enum track_look look_of(const struct row *r, size_t from, size_t to)
{
	enum track_look look = track_look(r->m, &r->v[from]);

	for (size_t i = from; i < to; i++) {
		enum track_look l = track_look(r->m, &r->v[i]);

		if (l == TRACK_STARTED)
			return l;
		if (l > look)
			look = l;
	}
	return look;
}

static void add_signs(struct buf *b, const struct row *r)
{
	size_t signs = r->n < SIGNS ? r->n : SIGNS;
	int was = -1;

	buf_addc(b, '[');
	for (size_t i = 0; i < signs; i++) {
		enum track_look look =
			look_of(r, i * r->n / signs, (i + 1) * r->n / signs);

		if ((int)look != was)
			buf_addf(b, "%s%s", term_off(r->t),
				 term_on(r->t, looks[look].style));
		buf_addc(b, looks[look].sign);
		was = (int)look;
	}
	buf_addf(b, "%s]", term_off(r->t));
	for (; r->t->width >= NARROW && signs < SIGNS; signs++)
		buf_addc(b, ' ');
}

/* "2 of 6 passed, 1 begun, 1 open"; what there is none of is not said. */
static void add_counts(struct buf *b, const struct row *r)
{
	buf_addf(b, "%zu of %zu passed", r->count[TRACK_PASSED], r->n);
	for (size_t i = TRACK_STARTED; i < LOOKS; i++)
		if (r->count[i] && (i != TRACK_LOCKED))
			buf_addf(b, ", %zu %s", r->count[i], looks[i].word);
}

static void show_row(struct row *r)
{
	const struct term *t = r->t;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < r->n; i++)
		r->count[track_look(r->m, &r->v[i])]++;
	if (t->plain) {
		buf_addf(&b, "Track %u, %s: ", r->v->track_no,
			 r->v->track_title);
	} else {
		buf_addf(&b, "%3u ", r->v->track_no);
		if (t->width < NARROW)
			cell_last(&b, t, r->v->track_title, t->width - 4);
		else
			cell_add(&b, t, r->v->track_title, TITLE);
		buf_adds(&b, t->width < NARROW ? "\n    " : " ");
		add_signs(&b, r);
		buf_addc(&b, ' ');
	}
	add_counts(&b, r);
	buf_addc(&b, '\n');
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

/* Of the signs that there are. */
static void show_legend(const struct term *t, const size_t *count)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < LOOKS; i++)
		if (count[i])
			buf_addf(&b, "%s%s%c%s %s", b.len ? "   " : "",
				 term_on(t, looks[i].style), looks[i].sign,
				 term_off(t), looks[i].word);
	buf_addc(&b, '\n');
	term_say(t, "\n    %s", buf_str(&b));
	buf_release(&b);
}

void picture_show(const struct term *t, const struct track_map *m)
{
	const struct catalogue *all = &m->s->lessons;
	size_t count[LOOKS] = {0};
	size_t n;

	for (size_t i = 0; i < all->n; i += n) {
		struct row r = {.t = t, .m = m, .v = &all->v[i]};

		for (n = 1; i + n < all->n; n++)
			if (strcmp(all->v[i + n].track, r.v->track) != 0)
				break;
		r.n = n;
		show_row(&r);
		for (size_t j = 0; j < LOOKS; j++)
			count[j] += r.count[j];
	}
	if (!t->plain && all->n)
		show_legend(t, count);
}
