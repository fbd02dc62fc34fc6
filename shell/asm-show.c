/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function, or two of them side by side where there is room. */
#include "asm.h"
#include "checker/buf.h"
#include "checker/mcode.h"
#include "glyph.h"
#include "look.h"
#include "session.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BESIDE = 100, /* columns from which on two stand side by side */
	GAP = 3,
	SOURCE_MAX = 16 << 20, /* bytes of a file */
};

/* What is shown of one function, a line each. */
struct row {
	enum term_style style;
	char *text;
};

struct column {
	struct row *v;
	size_t n;
	bool failed; /* out of memory */
};

static void column_release(struct column *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->v[i].text);
	free(c->v);
}

/* @b is emptied. */
static void add_row(struct column *c, enum term_style style, struct buf *b)
{
	struct row *v = realloc(c->v, (c->n + 1) * sizeof(*v));
	struct buf clean = BUF_INIT;

	if (v)
		c->v = v;
	text_verbatim(&clean, buf_str(b), b->len, 0);
	if (clean.len)
		clean.data[--clean.len] = '\0'; /* its newline */
	buf_release(b);
	if (v)
		v[c->n] = (struct row){style, buf_steal(&clean)};
	if (v && v[c->n].text)
		c->n++;
	else
		c->failed = true;
	buf_release(&clean);
}

/* ---- the source ---- */

/* The file that was read last, for its next line is mostly in it too. */
struct source {
	const struct look *k;
	char *name;
	struct buf text;
};

static void read_source(struct source *s, const char *name)
{
	const struct store *st = &s->k->s->store;
	/* The learner's, the kernel's, and that of Rust's own library. */
	const char *const roots[][2] = {
		{s->k->built.stage, ""},
		{st->linux_dir, "/src"},
		{st->toolroot, "/usr/lib/rustlib/src/rust"},
	};
	char path[4400];

	if (s->name && strcmp(s->name, name) == 0)
		return;
	free(s->name);
	buf_release(&s->text);
	s->name = strdup(name);
	if (name[0] == '/' || strstr(name, ".."))
		return;
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
		snprintf(path, sizeof(path), "%s%s/%s", roots[i][0],
			 roots[i][1], name);
		if (buf_read_file(&s->text, path, SOURCE_MAX, NULL) == 0)
			return;
	}
}

static void add_source(struct column *c, struct source *s, const char *file,
		       unsigned line)
{
	struct buf b = BUF_INIT;
	const char *text;

	read_source(s, file);
	text = buf_str(&s->text);
	for (unsigned n = line; n > 1 && *text; n--) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	text += strspn(text, " \t");
	buf_addf(&b, "%s:%u  %.*s", file, line, (int)strcspn(text, "\n"), text);
	add_row(c, TERM_DIM, &b);
}

/* ---- one function ---- */

static void add_head(struct column *c, const struct mcode_function *f)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s", f->name);
	add_row(c, TERM_BOLD, &b);
	buf_addf(&b, "%s", f->rust ? "Rust" : "C");
	if (f->file)
		buf_addf(&b, ", %s:%u", f->file, f->line);
	add_row(c, TERM_PLAIN, &b);
	buf_addf(&b, "%lu bytes, %zu instructions, stack %lu", f->size,
		 f->ninsns, f->stack);
	add_row(c, TERM_PLAIN, &b);
	add_row(c, TERM_PLAIN, &b);
}

static void fill(struct column *c, const struct asm_view *v,
		 const struct mcode_function *f)
{
	struct source source = {.k = v->k};
	const char *file = NULL;
	unsigned line = 0;

	add_head(c, f);
	for (size_t i = 0; i < f->ninsns; i++) {
		const struct mcode_insn *insn = &f->insns[i];
		struct buf b = BUF_INIT;

		if (v->source && insn->file &&
		    (insn->line != line || !file ||
		     strcmp(insn->file, file) != 0)) {
			add_source(c, &source, insn->file, insn->line);
			file = insn->file;
			line = insn->line;
		}
		buf_addf(&b, "%4lx  %s", insn->at, insn->text);
		add_row(c, TERM_PLAIN, &b);
	}
	free(source.name);
	buf_release(&source.text);
}

/* ---- on the screen ---- */

/* A row in @columns, filled up to them if something comes behind it. */
static void put(struct buf *out, const struct term *t, const struct row *r,
		unsigned columns, bool pad)
{
	size_t len = r ? strlen(r->text) : 0;
	unsigned n = r ? glyph_columns(r->text, len) : 0;
	bool cut = t->tty && n > columns;

	if (r) {
		buf_adds(out, term_on(t, r->style));
		buf_add(out, r->text,
			cut ? glyph_fit(r->text, len, columns - 1) : len);
		if (cut)
			buf_adds(out, t->utf8 ? "\u2026" : "~");
		if (r->style != TERM_PLAIN)
			buf_adds(out, term_off(t));
	}
	if (pad && n < columns)
		buf_addf(out, "%*s", (int)(columns - n), "");
}

static void put_one(struct buf *out, const struct term *t,
		    const struct column *c)
{
	for (size_t i = 0; i < c->n; i++) {
		if (*c->v[i].text) {
			buf_adds(out, "  ");
			put(out, t, &c->v[i], t->width - 2, false);
		}
		buf_addc(out, '\n');
	}
}

static void put_two(struct buf *out, const struct term *t,
		    const struct column *a, const struct column *b)
{
	unsigned half = (t->width - 2 - GAP) / 2;

	for (size_t i = 0; i < a->n || i < b->n; i++) {
		buf_adds(out, "  ");
		put(out, t, i < a->n ? &a->v[i] : NULL, half, i < b->n);
		if (i < b->n) {
			buf_addf(out, "%*s", GAP, "");
			put(out, t, &b->v[i], half, false);
		}
		buf_addc(out, '\n');
	}
}

void asm_show(struct buf *out, const struct asm_view *v,
	      const struct mcode_function *a, const struct mcode_function *b)
{
	const struct term *t = v->t;
	struct column left = {.n = 0}, right = {.n = 0};

	fill(&left, v, a);
	if (b)
		fill(&right, v, b);
	buf_addc(out, '\n');
	if (b && t->tty && t->width >= BESIDE) {
		put_two(out, t, &left, &right);
	} else {
		put_one(out, t, &left);
		if (b)
			buf_addc(out, '\n');
		if (b)
			put_one(out, t, &right);
	}
	if (left.failed || right.failed)
		out->failed = true;
	column_release(&left);
	column_release(&right);
}
