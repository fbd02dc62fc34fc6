/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "version-list.h"
#include "difference.h"
#include "fileset.h"
#include "glyph.h"
#include "home.h"
#include "session.h"
#include "when.h"
#include "work.h"
#include "wrap.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum {
	WIDE = 79, /* columns from which a version is one line */
	WHEN = 16,
	RESULT = 19,
};

struct listing {
	const struct work *w;
	struct buf *out;
	time_t now;
	int64_t solution_at;
	bool after_solution; /* one of those shown */
	bool damaged;
};

int64_t version_solution_at(const struct work *w)
{
	struct progress_lesson p;
	int64_t at = 0;

	if (progress_lesson(w->s->progress, w->slug, &p, NULL) == 0) {
		at = p.solution_at;
		progress_lesson_release(&p);
	}
	return at;
}

static enum term_style style_of(const struct progress_version *v)
{
	return strcmp(v->verdict, "pass") == 0 ? TERM_GOOD : TERM_WARN;
}

void version_result(struct buf *out, const struct work *w,
		    const struct progress_version *v)
{
	const struct term *t = &w->s->term;

	if (!v->checks) {
		buf_adds(out,
			 strcmp(v->reason, "check") == 0 ? "no result" : "");
		return;
	}
	buf_addf(out, "%s%s%s", term_on(t, style_of(v)), v->verdict,
		 term_off(t));
	if (v->possible && strcmp(v->verdict, "build-failed") != 0 &&
	    strcmp(v->verdict, "abi-failed") != 0)
		buf_addf(out, " %u/%u", v->earned, v->possible);
	if (v->checks > 1)
		buf_addf(out, " x%u", v->checks);
}

/* ---- what changed ---- */

/* The files of the version before; of the first, the starter. */
static int load_before(const struct listing *l, size_t i, struct fileset *f)
{
	while (i-- > 0)
		if (l->w->v[i].number)
			return work_load(l->w, &l->w->v[i], f, NULL);
	return work_lesson(l->w, f, STARTER_START, NULL);
}

/* Add "+3 -1", or why it cannot be told. */
static void add_changed(struct listing *l, size_t i, struct buf *out)
{
	struct fileset old = FILESET_INIT, new = FILESET_INIT;
	struct difference d = {.added = 0};

	if (!l->w->v[i].number) {
		buf_adds(out, "not kept");
	} else if (work_load(l->w, &l->w->v[i], &new, NULL) < 0) {
		buf_adds(out, "damaged");
		l->damaged = true;
	} else if (load_before(l, i, &old) < 0 ||
		   difference_make(&d, &old, "", &new, "", NULL, NULL) < 0) {
		buf_adds(out, "?");
	} else if (d.text.len && d.added + d.removed == 0) {
		buf_adds(out, "no text");
	} else {
		buf_addf(out, "+%u -%u", d.added, d.removed);
	}
	difference_release(&d);
	fileset_release(&old);
	fileset_release(&new);
}

/* ---- a line ---- */

static void pad(struct buf *out, size_t from, unsigned columns)
{
	unsigned used = glyph_columns(out->data + from, out->len - from);

	buf_addf(out, "%*s", used < columns ? (int)(columns - used) : 1, "");
}

static void add_hints(struct buf *out, unsigned n)
{
	if (n)
		buf_addf(out, "%u hint%s", n, n == 1 ? "" : "s");
}

static void add_result(struct listing *l, const struct progress_version *v,
		       struct buf *out)
{
	version_result(out, l->w, v);
	if (!v->checks || !l->solution_at || v->checked_at <= l->solution_at)
		return;
	buf_adds(out, " *");
	l->after_solution = true;
}

static void add_head(struct listing *l, const struct progress_version *v)
{
	struct buf *out = l->out;
	size_t from;

	if (v->number)
		buf_addf(out, "%4u  ", v->number);
	else
		buf_adds(out, "   -  ");
	from = out->len;
	when_add(out, v->checks ? v->checked_at : v->at, l->now);
	pad(out, from, WHEN + 1);
	buf_addf(out, " %-8s", v->reason);
}

static void add_wide(struct listing *l, size_t i)
{
	const struct progress_version *v = &l->w->v[i];
	struct buf *out = l->out;
	size_t from;

	add_head(l, v);
	buf_adds(out, "  ");
	from = out->len;
	add_result(l, v, out);
	pad(out, from, RESULT);
	from = out->len;
	if (v->checks)
		when_add_ms(out, v->ms);
	pad(out, from, 8);
	from = out->len;
	add_hints(out, v->hints);
	pad(out, from, 9);
	add_changed(l, i, out);
	buf_addc(out, '\n');
}

static void comma(struct buf *out, size_t from)
{
	if (out->len > from)
		buf_adds(out, ", ");
}

/* In a narrow terminal the second half goes below the first. */
static void add_narrow(struct listing *l, size_t i)
{
	const struct progress_version *v = &l->w->v[i];
	struct buf *out = l->out;
	size_t from;

	add_head(l, v);
	buf_adds(out, "\n      ");
	from = out->len;
	add_result(l, v, out);
	if (v->checks) {
		comma(out, from);
		when_add_ms(out, v->ms);
	}
	if (v->hints) {
		comma(out, from);
		add_hints(out, v->hints);
	}
	comma(out, from);
	add_changed(l, i, out);
	buf_addc(out, '\n');
}

/* ---- below the table ---- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return -strcmp((*a)->d_name, (*b)->d_name);
}

static int is_kept(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

/* What keep.h put away as files: by an older Kiln, or what no tar takes. */
static void add_folders(struct listing *l)
{
	struct dirent **names = NULL;
	struct buf path = BUF_INIT;
	int n;

	buf_addf(&path, "%s/kept/%s", l->w->s->store.state, l->w->slug);
	n = scandir(buf_str(&path), &names, is_kept, by_name);
	if (n > 0)
		buf_adds(l->out, "\nAlso put away, as plain files:\n");
	for (int i = 0; i < n; i++) {
		buf_adds(l->out, "  ");
		home_add(l->out, buf_str(&path));
		buf_addf(l->out, "/%s\n", names[i]->d_name);
		free(names[i]);
	}
	free(names);
	buf_release(&path);
}

static void add_note(struct listing *l, const char *text)
{
	struct wrap wrap = {.width = term_prose(&l->w->s->term)};

	buf_addc(l->out, '\n');
	wrap_text(l->out, &wrap, text);
}

static void add_notes(struct listing *l, size_t left)
{
	if (l->after_solution)
		buf_adds(l->out, "\n   *  after the solution was shown\n");
	if (l->damaged)
		add_note(l, "The files of a damaged version are gone, or not "
			    "what was kept; 'history show N' says which "
			    "archive that is.");
	if (left)
		buf_addf(l->out, "\n%zu older: 'history --all'.\n", left);
	add_folders(l);
}

static void add_heads(struct listing *l)
{
	const struct term *t = &l->w->s->term;

	buf_addf(l->out, "%s%4s  %-*s  %-8s  %-*s%-8s%-9s%s%s\n",
		 term_on(t, TERM_DIM), "No", WHEN, "When", "Kept by", RESULT,
		 "Result", "Took", "Hints", "Lines", term_off(t));
}

void version_list(struct buf *out, const struct work *w, size_t most)
{
	struct listing l = {.w = w, .out = out, .now = time(NULL)};
	size_t left = w->n;

	l.solution_at = version_solution_at(w);
	if (w->n && w->s->term.width >= WIDE)
		add_heads(&l);
	while (left > 0 && (!most || w->n - left < most)) {
		left--;
		if (w->s->term.width >= WIDE)
			add_wide(&l, left);
		else
			add_narrow(&l, left);
	}
	add_notes(&l, left);
}
