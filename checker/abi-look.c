/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of the comparison that reads objects. What is in them came out of
 * a learner's code by compilers, and their DWARF need not be what a compiler
 * writes: an .incbin can put anything there. So all of it is done in a child
 * that may die of it, and only its answer is read here.
 */
#include "abi-look.h"
#include "abi-dwarf.h"
#include "abi-fit.h"
#include "abi-source.h"
#include "abi-unit.h"
#include "err.h"
#include "proc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Milliseconds. A check with hundreds of types takes 20. */
#define GUARD_MS   20000
#define ANSWER_MAX ((size_t)4 << 20)

struct work {
	struct abi_look *look;
	struct abi_pool *pool;
	struct abi_compare x;
	bool probed; /* what the probes tell is there */
};

static int read_objects(struct work *w)
{
	char path[4200];
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < w->look->units->n; i++) {
		snprintf(path, sizeof(path), "%s/%s", w->look->o->stage,
			 w->look->units->v[i].object);
		ret = abi_pool_read(w->pool, path);
	}
	return ret;
}

static struct abi_side side_of(const struct abi_symbol *s)
{
	return (struct abi_side){
		.type = s->type,
		.file = s->file,
		.line = s->line,
		.declared = s->declared,
	};
}

/* ---- C calls Rust ---- */

static void compare_call(struct work *w, const struct abi_symbol *c)
{
	const struct abi_symbol *r = abi_pool_definition(w->pool, c->name);
	struct abi_side cs, rs;

	if (!r || !r->rust || r->variable != c->variable)
		return;
	cs = side_of(c);
	rs = side_of(r);
	if (c->variable) {
		abi_compare_variable(&w->x, c->name, &cs, &rs);
		return;
	}
	rs.rust_abi = r->file && abi_source_lacks_extern(w->look->source,
							 r->file, r->name);
	abi_compare_function(&w->x, c->name, &cs, &rs);
}

/* @again: only those that nothing was known of the first time. */
static void compare_calls(struct work *w, const struct strv *again)
{
	for (size_t i = 0; i < abi_pool_n(w->pool); i++) {
		const struct abi_symbol *c = abi_pool_symbol(w->pool, i);

		if (!c->rust && c->declared &&
		    (!again || strv_has(again, c->name)))
			compare_call(w, c);
	}
}

/*
 * Of two functions that compile to the same code rustc keeps one, and the
 * other is but a name. It has a description where nothing is optimized.
 */
static int find_merged(struct work *w)
{
	for (size_t i = 0; i < abi_pool_n(w->pool); i++) {
		const struct abi_symbol *c = abi_pool_symbol(w->pool, i);
		const char *file;

		if (c->rust || !c->declared || c->variable ||
		    abi_pool_definition(w->pool, c->name))
			continue;
		file = abi_source_function(w->look->source, c->name);
		if (file && (strv_add(&w->look->merged, c->name) < 0 ||
			     strv_add(&w->look->probes->files, file) < 0))
			return -1;
	}
	return 0;
}

/* ---- Rust calls C ---- */

/*
 * Bindings of a header name the crate's own functions too, but the crate does
 * not call itself through them.
 */
static bool is_own(const struct work *w, const struct abi_extern *x,
		   const struct abi_symbol *d)
{
	for (size_t i = 0; d->rust && d->file && i < w->look->units->n; i++) {
		const struct strv *files = &w->look->units->v[i].files;

		if (strv_has(files, x->file) && strv_has(files, d->file))
			return true;
	}
	return false;
}

static int choose_probes(struct work *w)
{
	for (size_t i = 0; i < abi_source_nexterns(w->look->source); i++) {
		const struct abi_extern *x =
			abi_source_extern(w->look->source, i);
		const struct abi_symbol *d =
			abi_pool_definition(w->pool, x->symbol);

		w->look->probes->wanted[i] =
			d && d->variable == x->variable && !is_own(w, x, d);
		if (w->look->probes->wanted[i] &&
		    strv_add(&w->look->probes->files, x->file) < 0)
			return -1;
	}
	return 0;
}

static int compare_probe(void *arg, unsigned long n, struct abi_type *t)
{
	struct work *w = arg;
	struct abi_type *pointer = abi_real(t);
	const struct abi_extern *x;
	const struct abi_symbol *d;
	struct abi_side c, r;

	if (n >= abi_source_nexterns(w->look->source) ||
	    !w->look->probes->wanted[n] || pointer->kind != ABI_POINTER)
		return 0;
	x = abi_source_extern(w->look->source, n);
	d = abi_pool_definition(w->pool, x->symbol);
	c = side_of(d);
	r = (struct abi_side){
		.type = abi_real(pointer->to),
		.file = x->file,
		.line = x->line,
		.declared = true,
		.variadic = pointer->variadic,
	};
	if (x->variable)
		abi_compare_variable(&w->x, x->symbol, &c, &r);
	else
		abi_compare_function(&w->x, x->symbol, &c, &r);
	return w->x.failed ? -1 : 0;
}

static int read_probes(struct work *w)
{
	char path[4200];
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < w->look->units->n; i++) {
		const struct abi_unit *u = &w->look->units->v[i];

		if (!abi_probe_wants(u, w->look->probes))
			continue;
		snprintf(path, sizeof(path), "%s/%s", w->look->o->scratch,
			 u->object);
		ret = abi_pool_probes(w->pool, path, compare_probe, w);
		if (ret == 0 && w->look->merged.n > 0)
			ret = abi_pool_read(w->pool, path);
	}
	if (ret == 0 && w->look->merged.n > 0)
		compare_calls(w, &w->look->merged);
	return ret;
}

/* ---- the child's answer: "LENGTH:BYTES," each ---- */

static void put(struct buf *b, const char *s)
{
	buf_addf(b, "%zu:%s,", strlen(s), s);
}

static void put_number(struct buf *b, size_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", n);
	put(b, text);
}

static void put_list(struct buf *b, const struct strv *v)
{
	put_number(b, v->n);
	for (size_t i = 0; i < v->n; i++)
		put(b, v->v[i]);
}

static void put_reports(struct buf *b, const struct abi_compare *x)
{
	put_number(b, x->ndiags);
	for (size_t i = 0; i < x->ndiags; i++) {
		const struct diag *d = &x->diags[i];

		put(b, d->file ? d->file : "");
		put_number(b, d->line);
		put(b, d->message);
		put(b, d->text);
	}
}

static void put_wanted(struct buf *b, const struct abi_look *l)
{
	for (size_t i = 0; i < abi_source_nexterns(l->source); i++)
		buf_addc(b, l->probes->wanted[i] ? '1' : '0');
}

static int write_all(int fd, const struct buf *b)
{
	for (size_t at = 0; at < b->len;) {
		ssize_t n = write(fd, b->data + at, b->len - at);

		if (n < 0 && errno != EINTR)
			return -1;
		at += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int answer(int fd, struct work *w)
{
	struct buf b = BUF_INIT;

	put_reports(&b, &w->x);
	put_list(&b, &w->look->merged);
	put_list(&b, &w->look->probes->files);
	put_wanted(&b, w->look);
	return buf_ok(&b) && !w->x.failed ? write_all(fd, &b) : -1;
}

static int look_guarded(int fd, void *arg)
{
	struct work *w = arg;

	w->pool = abi_pool_new();
	w->x.source = w->look->source;
	if (!w->pool || read_objects(w) < 0)
		return -1;
	compare_calls(w, NULL);
	if (w->probed)
		return read_probes(w) < 0 ? -1 : answer(fd, w);
	if (find_merged(w) < 0 || choose_probes(w) < 0)
		return -1;
	return answer(fd, w);
}

/* ---- read by the parent, who trusts none of it ---- */

struct reader {
	const char *p, *end;
	bool bad;
};

/* The next piece, or "" when there is none; the caller frees it. */
static char *take(struct reader *r)
{
	size_t n = 0;
	char *s;

	while (r->p < r->end && *r->p >= '0' && *r->p <= '9' && n <= ANSWER_MAX)
		n = n * 10 + (size_t)(*r->p++ - '0');
	if ((size_t)(r->end - r->p) < n + 2 || *r->p != ':' ||
	    r->p[n + 1] != ',') {
		r->bad = true;
		return strdup("");
	}
	s = strndup(r->p + 1, n);
	r->p += n + 2;
	return s;
}

static size_t take_number(struct reader *r)
{
	char *s = take(r);
	size_t n = s ? strtoul(s, NULL, 10) : 0;

	free(s);
	return n;
}

static int take_list(struct reader *r, struct strv *v)
{
	size_t n = take_number(r);
	int ret = 0;

	strv_release(v);
	for (size_t i = 0; ret == 0 && !r->bad && i < n; i++) {
		char *s = take(r);

		ret = s ? strv_add(v, s) : -1;
		free(s);
	}
	return ret;
}

static bool take_report(struct reader *r, struct diag *d)
{
	*d = (struct diag){.level = DIAG_ERROR, .tool = DIAG_ABI};
	d->file = take(r);
	d->line = (unsigned)take_number(r);
	d->message = take(r);
	d->text = take(r);
	if (d->file && !*d->file) {
		free(d->file);
		d->file = NULL;
	}
	return d->message && d->text;
}

static int take_reports(struct reader *r, struct abi_look *l)
{
	size_t n = take_number(r);

	for (size_t i = 0; !r->bad && i < n; i++) {
		struct diag *more =
			reallocarray(l->diags, l->ndiags + 1, sizeof(*more));

		if (!more)
			return -1;
		l->diags = more;
		if (!take_report(r, &more[l->ndiags++]))
			return -1;
	}
	return 0;
}

static int take_answer(struct abi_look *l, const struct buf *b)
{
	struct reader r = {.p = b->data, .end = b->data + b->len};
	size_t n = abi_source_nexterns(l->source);

	diag_free(l->diags, l->ndiags);
	l->diags = NULL;
	l->ndiags = 0;
	if (take_reports(&r, l) < 0 || take_list(&r, &l->merged) < 0 ||
	    take_list(&r, &l->probes->files) < 0)
		return -1;
	if (r.bad || (size_t)(r.end - r.p) != n)
		return -1;
	for (size_t i = 0; i < n; i++)
		l->probes->wanted[i] = r.p[i] == '1';
	return 0;
}

int abi_look(struct abi_look *l, bool probed, struct err *e)
{
	struct work w = {.look = l, .probed = probed, .x.max = l->o->max};
	struct buf b = {.max = ANSWER_MAX};
	int ret = proc_guard(&b, GUARD_MS, look_guarded, &w);

	if (ret == 0)
		ret = take_answer(l, &b);
	buf_release(&b);
	if (ret == 0)
		return 0;
	err_set(e, ERR_ENV, 0,
		"the objects that were built cannot be "
		"compared: reading their DWARF failed");
	return err_next(e, "look for .incbin, global_asm! or asm() that writes "
			   "into .debug sections; else run the check again");
}

void abi_look_release(struct abi_look *l)
{
	diag_free(l->diags, l->ndiags);
	strv_release(&l->merged);
}
