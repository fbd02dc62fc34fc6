/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All functions of a lesson's objects, and how large everything is. */
#include "asm.h"
#include "checker/buf.h"
#include "checker/mcode.h"
#include "glyph.h"
#include "term.h"
#include "wrap.h"

#include <stdio.h>
#include <string.h>

enum {
	NUMBER = 7, /* columns of a number */
	PLACE = 22, /* of a file and a line */
	LEAST_NAME = 16,
	MOST_NAME = 44,
	ENDLESS = 100000, /* columns */
};

/* Which columns the terminal has room for. */
struct layout {
	const struct term *t;
	unsigned name;
	bool place, stack;
};

static void lay_out(struct layout *l, const struct term *t)
{
	unsigned rest = t->width > 2 ? t->width - 2 : 0;

	*l = (struct layout){.t = t};
	l->stack = rest >= LEAST_NAME + 3 * NUMBER;
	rest -= (l->stack ? 3u : 2u) * NUMBER;
	l->place = rest >= LEAST_NAME + PLACE;
	rest -= l->place ? PLACE : 0;
	l->name = rest > MOST_NAME ? MOST_NAME : rest;
}

/* Add the end of @s, which says most of a path, in @columns. */
static void add_end(struct buf *out, const struct term *t, const char *s,
		    unsigned columns)
{
	const char *end = s + strlen(s);

	while (s < end && glyph_columns(s, (size_t)(end - s)) + 1 > columns)
		glyph_next(&s, end);
	buf_addf(out, "%s%s", t->utf8 ? "\u2026" : "~", s);
}

/* @s in @columns; on a terminal what is too long is cut. */
static void cell(struct buf *out, const struct term *t, const char *s,
		 unsigned columns)
{
	size_t len = strlen(s);
	unsigned n = glyph_columns(s, len);

	if (n + 1 > columns && t->tty) {
		add_end(out, t, s, columns - 1);
		buf_addc(out, ' ');
		return;
	}
	buf_adds(out, s);
	buf_addf(out, "%*s", n + 1 > columns ? 1 : (int)(columns - n), "");
}

static void add_place(struct buf *out, const struct layout *l,
		      const struct mcode_function *f)
{
	struct buf place = BUF_INIT;

	if (f->file)
		buf_addf(&place, "%s:%u", f->file, f->line);
	else
		buf_addc(&place, '-');
	cell(out, l->t, buf_str(&place), PLACE);
	buf_release(&place);
}

/* Of Rust's names without the crate, which is that of the object. */
static const char *in_crate(const char *name, const char *object)
{
	size_t n = strcspn(object, ".");

	return strncmp(name, object, n) == 0 && strncmp(name + n, "::", 2) == 0
		       ? name + n + 2
		       : name;
}

static void add_function(struct buf *out, const struct layout *l,
			 const struct mcode_function *f)
{
	const char *path = in_crate(f->name, f->object);
	struct buf name = BUF_INIT;

	glyph_clean(&name, path, strlen(path));
	buf_adds(out, "    ");
	cell(out, l->t, buf_str(&name), l->name - 2);
	if (l->place)
		add_place(out, l, f);
	buf_addf(out, "%*lu%*zu", NUMBER - 1, f->size, NUMBER, f->ninsns);
	if (l->stack)
		buf_addf(out, "%*lu", NUMBER, f->stack);
	buf_addc(out, '\n');
	buf_release(&name);
}

/* The learner's own; or what generic code of others has become in it. */
static void add_object(struct buf *out, const struct layout *l,
		       const struct mcode *c, const char *object, bool own)
{
	bool any = false;

	for (size_t i = 0; i < c->nfunctions; i++) {
		const struct mcode_function *f = &c->functions[i];

		if (f->own != own || strcmp(f->object, object) != 0)
			continue;
		if (!own && !any)
			buf_adds(out, "   not yours, but compiled into it:\n");
		any = true;
		add_function(out, l, f);
	}
}

static void add_functions(struct buf *out, const struct layout *l,
			  const struct mcode *c)
{
	const char *object = "";

	buf_adds(out, "\n  ");
	buf_adds(out, term_on(l->t, TERM_BOLD));
	cell(out, l->t, "function", l->name);
	if (l->place)
		cell(out, l->t, "declared at", PLACE);
	buf_addf(out, "%*s%*s", NUMBER - 1, "bytes", NUMBER, "instr");
	if (l->stack)
		buf_addf(out, "%*s", NUMBER, "stack");
	buf_addf(out, "%s\n", term_off(l->t));
	for (size_t i = 0; i < c->nfunctions; i++) {
		const struct mcode_function *f = &c->functions[i];

		if (strcmp(object, f->object) == 0)
			continue;
		object = f->object;
		buf_addf(out, "  %s (%s)\n", object, f->rust ? "Rust" : "C");
		add_object(out, l, c, object, true);
		add_object(out, l, c, object, false);
	}
}

/* Closures belong to their function, and the rest is what module! wrote. */
static bool is_told(const struct mcode *c, const struct mcode_inline *in)
{
	return !strstr(in->name, "{closure") &&
	       !strstr(in->name, "::__module_init::") && mcode_is_gone(c, in);
}

static void add_inline(struct buf *out, const struct term *t,
		       const struct mcode_inline *in)
{
	struct wrap w = {.width = t->tty ? term_prose(t) : ENDLESS};
	struct buf line = BUF_INIT, clean = BUF_INIT;

	buf_addf(&line, "%s (%s:%u) into ", in->name, in->file, in->line);
	for (size_t k = 0; k < in->into.n; k++)
		buf_addf(&line, "%s%s", k ? ", " : "", in->into.v[k]);
	glyph_clean(&clean, buf_str(&line), line.len);
	wrap_indent(&w, 6);
	snprintf(w.first, sizeof(w.first), "    ");
	wrap_text(out, &w, buf_str(&clean));
	buf_release(&line);
	buf_release(&clean);
}

static void add_inlines(struct buf *out, const struct term *t,
			const struct mcode *c)
{
	bool any = false;

	for (size_t i = 0; i < c->ninlines; i++) {
		if (!is_told(c, &c->inlines[i]))
			continue;
		if (!any)
			buf_addf(out, "\n  %sinlined: no code of its own%s\n",
				 term_on(t, TERM_BOLD), term_off(t));
		any = true;
		add_inline(out, t, &c->inlines[i]);
	}
}

static void add_sizes(struct buf *out, const struct term *t,
		      const struct mcode *c)
{
	/* Where 40 columns are all there is. */
	unsigned name = t->width >= 60 ? 28 : t->width > 35 ? t->width - 27 : 8;

	buf_addf(out, "\n  %s", term_on(t, TERM_BOLD));
	cell(out, t, "bytes", name);
	buf_addf(out, "%7s%9s%7s%s\n", "code", "constant", "data", term_off(t));
	for (size_t i = 0; i < c->nsizes; i++) {
		const struct mcode_size *s = &c->sizes[i];

		buf_adds(out, s->module ? "  " : "    ");
		cell(out, t, s->name, s->module ? name : name - 2);
		buf_addf(out, "%7lu%9lu%7lu\n", s->code, s->rodata, s->data);
	}
}

void asm_list(struct buf *out, const struct term *t, const struct mcode *c)
{
	struct layout l;

	lay_out(&l, t);
	add_functions(out, &l, c);
	add_inlines(out, t, c);
	add_sizes(out, t, c);
}
