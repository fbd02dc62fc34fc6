/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two structs, byte by byte. Fields that have the same name come first, for
 * of them most can be said; then all that stands at the same offset.
 */
#include "abi-layout.h"
#include "abi-source.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ITEMS = 8192, MAX_ELEMENTS = 256 };

/* ---- what stands where ---- */

static int by_offset(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

bool layout_items(struct items *to, struct abi_type *t, uint64_t base)
{
	struct item *v;

	abi_open(t);
	v = realloc(to->v, (to->n + t->nmembers + 1) * sizeof(*v));
	if (!v || to->n + t->nmembers > MAX_ITEMS)
		return to->v = v ? v : to->v, false;
	to->v = v;
	for (size_t i = 0; i < t->nmembers; i++) {
		const struct abi_member *m = &t->members[i];
		uint64_t size = abi_real(m->type)->size;

		if (m->bits)
			size = (m->bit + m->bits + 7) / 8;
		if (size == 0 || size > t->size)
			continue;
		v[to->n++] = (struct item){
			.type = m->type,
			.name = m->name,
			.offset = base + m->offset,
			.end = base + m->offset + size,
			.line = m->line,
			.bits = m->bits > 0,
		};
	}
	qsort(v, to->n, sizeof(*v), by_offset);
	return true;
}

static bool add_elements(struct items *to, struct abi_type *t,
			 const struct item *of)
{
	uint64_t size = abi_real(t->to)->size;
	struct item *v;

	if (t->count > MAX_ELEMENTS || to->n + t->count > MAX_ITEMS || !size)
		return false;
	v = realloc(to->v, (to->n + t->count) * sizeof(*v));
	if (!v)
		return false;
	to->v = v;
	for (uint64_t i = 0; i < t->count; i++) {
		v[to->n] = *of;
		v[to->n].type = t->to;
		v[to->n].offset = of->offset + i * size;
		v[to->n++].end = of->offset + (i + 1) * size;
	}
	return true;
}

/* Put what item @i consists of in its place; false: it is one thing. */
static bool expand(struct items *all, size_t i)
{
	struct abi_type *t = abi_real(all->v[i].type);
	struct item was = all->v[i];
	bool done;

	if (t->kind == ABI_STRUCT && !t->kernels)
		done = layout_items(all, t, was.offset);
	else if (t->kind == ABI_ARRAY)
		done = add_elements(all, t, &was);
	else
		return false;
	if (!done)
		return false;
	memmove(&all->v[i], &all->v[i + 1], (all->n - i - 1) * sizeof(was));
	all->n--;
	qsort(all->v, all->n, sizeof(was), by_offset);
	return true;
}

/* ---- fields of the same name ---- */

static const struct item *by_name(const struct items *r, const char *name)
{
	for (size_t j = 0; j < r->n; j++)
		if (abi_same_field(name, r->v[j].name))
			return &r->v[j];
	return NULL;
}

static bool has_name(const struct items *c, const struct item *r)
{
	for (size_t i = 0; i < c->n; i++)
		if (abi_same_field(c->v[i].name, r->name))
			return true;
	return false;
}

/* Something in Rust that C calls otherwise has its bytes. */
static bool has_stand_in(const struct items *c, const struct items *r,
			 const struct item *of)
{
	for (size_t j = 0; j < r->n; j++)
		if (r->v[j].offset < of->end && r->v[j].end > of->offset &&
		    !has_name(c, &r->v[j]))
			return true;
	return false;
}

static bool is_padding(const char *name)
{
	return !name || strstr(name, "pad") || strstr(name, "reserved") ||
	       strstr(name, "unused");
}

/* What stands before @at in Rust and is nothing of C's. */
static const struct item *intruder(const struct items *c, const struct items *r,
				   uint64_t at)
{
	for (size_t j = 0; j < r->n; j++) {
		bool there = false;

		if (r->v[j].offset >= at || has_name(c, &r->v[j]))
			continue;
		for (size_t i = 0; i < c->n; i++)
			there |= c->v[i].offset < r->v[j].end &&
				 c->v[i].end > r->v[j].offset &&
				 !by_name(r, c->v[i].name);
		if (!there)
			return &r->v[j];
	}
	return NULL;
}

/* abi_fit() of two fields; there is no register that either would be in. */
static enum abi_fit fit_field(struct layout *l, const struct item *ci,
			      const struct item *ri)
{
	enum abi_fit f = abi_fit(l->x, ci->type, ri->type, false);

	if (f == ABI_DIFFERS && abi_real(ci->type)->kind == ABI_INT &&
	    abi_real(ri->type)->kind == ABI_INT &&
	    abi_real(ci->type)->size < abi_real(ri->type)->size)
		l->x->why = "Rust's field is wider: it takes in bytes that for "
			    "C are padding, or another field.";
	return f;
}

/* Fields of one name, but not in one place, or not of one size. */
static enum abi_fit clash_names(struct layout *l, const struct items *c,
				const struct items *r, const struct item *ci,
				const struct item *ri)
{
	bool moved = ci->offset != ri->offset;
	const struct item *in;
	enum abi_fit f;

	if (moved && layout_cause_of(l)) {
		layout_clash_offset(l, ci, ri);
		return ABI_DIFFERS;
	}
	f = fit_field(l, ci, ri);
	if (f == ABI_TOLD)
		return f;
	if (f == ABI_DIFFERS || ci->end - ci->offset != ri->end - ri->offset) {
		layout_clash_type(l, ci, ri, f == ABI_DIFFERS);
		return ABI_DIFFERS;
	}
	in = intruder(c, r, ri->offset);
	if (in && !is_padding(in->name))
		layout_clash_extra(l, in);
	else
		layout_clash_offset(l, ci, ri);
	return ABI_DIFFERS;
}

static enum abi_fit compare_names(struct layout *l, const struct items *c,
				  const struct items *r)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct item *ci = &c->v[i];
		const struct item *ri = by_name(r, ci->name);

		if (ci->bits || !ci->name)
			continue;
		if (ri && (ri->offset != ci->offset || ri->end != ci->end))
			return clash_names(l, c, r, ci, ri);
		if (!ri && !is_padding(ci->name) && !has_stand_in(c, r, ci)) {
			layout_clash_missing(l, ci);
			return ABI_DIFFERS;
		}
	}
	return ABI_FITS;
}

/* ---- what stands at the same offset ---- */

static bool is_bytes(const struct item *i)
{
	struct abi_type *t = abi_real(i->type);

	return t->kind == ABI_ARRAY && abi_real(t->to)->kind == ABI_INT &&
	       (abi_real(t->to)->size == 1 || (i->name && *i->name == '_'));
}

static size_t skip_to(const struct items *all, size_t i, uint64_t end)
{
	while (i < all->n && all->v[i].offset < end)
		i++;
	return i;
}

/* One step; false: a clash. */
static bool step(struct layout *l, struct items *c, size_t *i, struct items *r,
		 size_t *j, enum abi_fit *worst)
{
	const struct item *ci = *i < c->n ? &c->v[*i] : NULL;
	const struct item *ri = *j < r->n ? &r->v[*j] : NULL;
	enum abi_fit f;

	if (ci && ci->bits) {
		*j = skip_to(r, *j, ci->end);
		++*i;
	} else if (!ri || (ci && ci->offset < ri->offset)) {
		++*i;
		if (!is_padding(ci->name))
			return layout_clash_missing(l, ci), false;
	} else if (!ci || ri->offset < ci->offset) {
		++*j;
		if (!is_padding(ri->name))
			return layout_clash_extra(l, ri), false;
	} else if (ci->end == ri->end) {
		f = fit_field(l, ci, ri);
		if (f == ABI_DIFFERS)
			return layout_clash_type(l, ci, ri, true), false;
		*worst = f == ABI_TOLD ? f : *worst;
		++*i;
		++*j;
	} else if (ci->end < ri->end && is_bytes(ri)) {
		*i = skip_to(c, *i, ri->end);
		++*j;
	} else if (ri->end < ci->end && is_bytes(ci)) {
		*j = skip_to(r, *j, ci->end);
		++*i;
	} else if (ci->end > ri->end ? !expand(c, *i) : !expand(r, *j)) {
		return layout_clash_type(l, ci, ri, false), false;
	}
	return true;
}

static enum abi_fit compare_offsets(struct layout *l, struct items *c,
				    struct items *r)
{
	enum abi_fit worst = ABI_FITS;
	size_t i = 0, j = 0;

	/* What a struct consists of may be itself, if somebody made it up. */
	while ((i < c->n || j < r->n) && l->x->steps++ < ABI_STEPS)
		if (!step(l, c, &i, r, &j, &worst))
			return ABI_DIFFERS;
	return worst;
}

/* Rust's may not be less than what C asks for, nor more than C gives. */
static bool compare_align(struct layout *l)
{
	uint64_t c = abi_align(l->c), r = abi_align(l->r);

	if (c == 0 || r == 0 || !(r > c || (l->c->align && r < c)))
		return true;
	layout_clash_align(l, c, r);
	return false;
}

enum abi_fit abi_fit_struct(struct abi_compare *x, struct abi_type *c,
			    struct abi_type *r)
{
	struct layout l = {.x = x, .c = c, .r = r};
	struct items ci = {.n = 0}, ri = {.n = 0};
	enum abi_fit f = ABI_FITS;

	l.source = x->source && r->name ? abi_source_item(x->source, r->name)
					: NULL;
	if (!layout_items(&ci, c, 0) || !layout_items(&ri, r, 0))
		goto out; /* too large to say anything of it */
	f = compare_names(&l, &ci, &ri);
	if (f == ABI_FITS)
		f = compare_offsets(&l, &ci, &ri);
	if (f == ABI_FITS && c->size != r->size) {
		layout_clash_size(&l);
		f = ABI_DIFFERS;
	}
	if (f == ABI_FITS && !compare_align(&l))
		f = ABI_DIFFERS;
	if (f == ABI_DIFFERS && !x->quiet) {
		layout_tell(&l);
		f = ABI_TOLD;
	}
out:
	buf_release(&l.clash);
	free(ci.v);
	free(ri.v);
	return f;
}
