/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 40, MAX_SEEN = 4096 };

struct abi_pair {
	const struct abi_type *c, *r;
	enum abi_fit fit;
};

static enum abi_fit differ(struct abi_compare *x, const char *why)
{
	x->why = why;
	return ABI_DIFFERS;
}

static bool is_aggregate(const struct abi_type *t)
{
	return t->kind == ABI_STRUCT || t->kind == ABI_UNION ||
	       t->kind == ABI_VARIANTS ||
	       (t->kind == ABI_ENUM && t->incomplete);
}

static bool is_blob(struct abi_type *t)
{
	return t->kind == ABI_ARRAY && abi_real(t->to)->kind == ABI_INT;
}

/* ---- names ---- */

static size_t normal(char out[64], const char *s)
{
	size_t n = 0;

	for (; *s && *s != '<' && n < 63; s++)
		if (isalnum((unsigned char)*s))
			out[n++] = (char)tolower((unsigned char)*s);
	out[n] = '\0';
	return n;
}

/* Is one name in the other: ring, Ring, RingC, ring_t? */
bool abi_alike(const struct abi_type *c, const struct abi_type *r)
{
	char a[64], b[64];

	if (!c->name || !r->name)
		return true;
	if (normal(a, c->name) < 2 || normal(b, r->name) < 2)
		return strcmp(a, b) == 0;
	return strstr(a, b) || strstr(b, a);
}

/* type, type_ and r#type are one. */
bool abi_same_field(const char *c, const char *r)
{
	size_t n;

	if (!c || !r)
		return false;
	r += strncmp(r, "r#", 2) == 0 ? 2 : 0;
	n = strlen(c);
	return strncmp(c, r, n) == 0 && (!r[n] || (r[n] == '_' && !r[n + 1]));
}

/* ---- scalars ---- */

static enum abi_fit fit_int(struct abi_compare *x, const struct abi_type *c,
			    const struct abi_type *r, bool memory)
{
	if (c->size < r->size && memory)
		return differ(x, "Rust's type is wider: it reads and writes "
				 "bytes that belong to something else.");
	if (c->size < r->size)
		return differ(x, "Rust's type is wider: the upper part of the "
				 "register is whatever was left there, so "
				 "that a negative number may arrive as a "
				 "large positive one.");
	if (c->size > r->size)
		return differ(x, "Rust's type is narrower: part of the number "
				 "is lost.");
	if (c->is_signed == r->is_signed || c->plain_char ||
	    (memory && c->size == 1))
		return ABI_FITS;
	return differ(x, "One of the two is signed and the other is not: a "
			 "negative number, such as an errno, arrives as a "
			 "large positive one.");
}

static enum abi_fit fit_enum(struct abi_compare *x, const struct abi_type *c,
			     const struct abi_type *r)
{
	if (c->size == r->size)
		return ABI_FITS;
	if (r->kind == ABI_ENUM)
		return differ(x, "An enum of C's is as wide as an int; Rust "
				 "takes as few bytes as the variants need, "
				 "unless #[repr(C)], #[repr(u32)] or "
				 "#[repr(i32)] says otherwise.");
	return differ(x, "An enum of C's is as wide as an int.");
}

static bool is_number(const struct abi_type *t)
{
	return t->kind == ABI_INT || (t->kind == ABI_ENUM && !t->incomplete);
}

static enum abi_fit fit_scalar(struct abi_compare *x, struct abi_type *c,
			       struct abi_type *r, bool memory)
{
	if (c->kind == ABI_INT && r->kind == ABI_INT)
		return fit_int(x, c, r, memory);
	if (is_number(c) && is_number(r))
		return fit_enum(x, c, r);
	if (c->kind == r->kind && c->size == r->size)
		return ABI_FITS;
	if (c->kind == ABI_BOOL && r->kind == ABI_INT && r->size == 1 &&
	    !r->is_signed)
		return ABI_FITS;
	if (r->kind == ABI_BOOL)
		return differ(x, "Rust's bool is 0 or 1 and one byte; with "
				 "any other value the behaviour of the "
				 "program is undefined.");
	if (r->kind == ABI_CHAR)
		return differ(x, "Rust's char is a Unicode character of four "
				 "bytes, and not every number is one; C's "
				 "char is a byte, c_char.");
	if (c->kind == ABI_POINTER || r->kind == ABI_POINTER)
		return differ(x, "One of the two is a pointer, the other is "
				 "none.");
	return differ(x, "The two are different things.");
}

/* ---- pointers ---- */

static enum abi_fit fit_pointer(struct abi_compare *x, struct abi_type *c,
				struct abi_type *r)
{
	struct abi_type *ct = abi_real(c->to), *rt = abi_real(r->to);

	if (ct->kind == ABI_VOID || rt->kind == ABI_VOID)
		return ABI_FITS;
	if (ct->kind == ABI_FUNCTION && rt->kind == ABI_FUNCTION) {
		if (r->rust_abi)
			return differ(x, "A function pointer without extern "
					 "\"C\" is called in Rust's own way, "
					 "which C does not know.");
		return abi_fit_function(x, ct, rt, r->variadic);
	}
	if (ct->kind == ABI_FUNCTION || rt->kind == ABI_FUNCTION)
		return differ(x, "One of the two points to a function, the "
				 "other to data.");
	if (ct->kind == ABI_ARRAY && rt->kind != ABI_ARRAY)
		ct = abi_real(ct->to);
	if (rt->kind == ABI_ARRAY && ct->kind != ABI_ARRAY &&
	    !(is_aggregate(ct) && is_blob(rt)))
		rt = abi_real(rt->to);
	return abi_fit(x, ct, rt, true);
}

/* ---- what consists of others ---- */

/* The names are C's tags, but for those that bindgen had to invent. */
static enum abi_fit fit_kernels(struct abi_compare *x, struct abi_type *c,
				struct abi_type *r)
{
	if (!is_aggregate(c) && c->kind != ABI_ENUM)
		return differ(x, "One of the two is a type of the kernel's, "
				 "the other is none.");
	if (!c->name || !r->name || strcmp(c->name, r->name) == 0 ||
	    strstr(r->name, "__bindgen"))
		return ABI_FITS;
	return differ(x, "These are two different types of the kernel's.");
}

static enum abi_fit fit_array(struct abi_compare *x, struct abi_type *c,
			      struct abi_type *r)
{
	enum abi_fit f = abi_fit(x, c->to, r->to, true);

	if (f != ABI_FITS || c->count == 0 || r->count == 0 ||
	    c->count == r->count)
		return f;
	return differ(x, "The two arrays have different numbers of "
			 "elements.");
}

static enum abi_fit fit_union(struct abi_compare *x, struct abi_type *c,
			      struct abi_type *r)
{
	abi_open(c);
	abi_open(r);
	if (c->size != r->size)
		return differ(x, "The two unions have different sizes.");
	for (size_t i = 0; i < c->nmembers; i++)
		for (size_t j = 0; j < r->nmembers; j++) {
			enum abi_fit f = ABI_FITS;

			if (abi_same_field(c->members[i].name,
					   r->members[j].name) &&
			    !c->members[i].bits)
				f = abi_fit(x, c->members[i].type,
					    r->members[j].type, false);
			if (f != ABI_FITS)
				return f;
		}
	return ABI_FITS;
}

static struct abi_pair *seen(struct abi_compare *x, const struct abi_type *c,
			     const struct abi_type *r)
{
	for (size_t i = 0; i < x->nseen; i++)
		if (x->seen[i].c == c && x->seen[i].r == r)
			return &x->seen[i];
	return NULL;
}

static bool note(struct abi_compare *x, const struct abi_type *c,
		 const struct abi_type *r)
{
	struct abi_pair *v;

	if (x->nseen >= MAX_SEEN)
		return false;
	v = realloc(x->seen, (x->nseen + 1) * sizeof(*v));
	if (!v) {
		x->failed = true;
		return false;
	}
	x->seen = v;
	v[x->nseen++] = (struct abi_pair){c, r, ABI_FITS};
	return true;
}

/*
 * Each pair once: on a way that leads in a circle it is taken to fit. What
 * a trial has seen is forgotten with it, for it was not reported.
 */
static enum abi_fit fit_once(struct abi_compare *x, struct abi_type *c,
			     struct abi_type *r)
{
	struct abi_pair *p = seen(x, c, r);
	bool trial = !abi_alike(c, r);
	size_t before = x->nseen;
	enum abi_fit f;

	if (p)
		return p->fit;
	if (!note(x, c, r))
		return ABI_FITS;
	x->quiet += trial;
	f = c->kind == ABI_UNION ? fit_union(x, c, r) : abi_fit_struct(x, c, r);
	x->quiet -= trial;
	if (trial && f != ABI_FITS)
		f = differ(x, "The two are laid out differently.");
	if (trial)
		x->nseen = before;
	else
		seen(x, c, r)->fit = f;
	return f;
}

/* Opaque<T>, MaybeUninit<T>: what C sees is the T. */
static struct abi_type *unwrap(struct abi_type *c, struct abi_type *r)
{
	struct abi_type *in = abi_inner(r);

	for (int i = 0;
	     in && i < MAX_DEPTH && !(abi_alike(c, r) && c->name && r->name);
	     i++) {
		in = abi_real(in);
		if (!is_aggregate(in) && !is_blob(in))
			break;
		r = in;
		in = abi_inner(r);
	}
	return r;
}

static enum abi_fit fit_aggregate(struct abi_compare *x, struct abi_type *c,
				  struct abi_type *r)
{
	r = unwrap(c, r);
	if (r->kernels)
		return fit_kernels(x, c, r);
	if (c->incomplete || r->incomplete)
		return ABI_FITS;
	if (c->kind == r->kind &&
	    (c->kind == ABI_STRUCT || c->kind == ABI_UNION))
		return fit_once(x, c, r);
	if (c->size == r->size)
		return ABI_FITS;
	return differ(x, "The two have different sizes.");
}

static enum abi_fit no_scalar(struct abi_compare *x, const struct abi_type *r)
{
	if (r->name && (r->name[0] == '&' || r->name[0] == '*'))
		return differ(x, "A slice, a str, a CStr or a dyn behind a "
				 "pointer is two values for Rust, the pointer "
				 "and a length or a table; for C it is none "
				 "of its own.");
	return differ(x, "One of the two consists of several values, the "
			 "other is a single one.");
}

static enum abi_fit fit_kinds(struct abi_compare *x, struct abi_type *c,
			      struct abi_type *r, bool memory)
{
	struct abi_type *in;

	if (c->kind == ABI_VOID && r->kind == ABI_VOID)
		return ABI_FITS;
	if (c->kind == ABI_VOID || r->kind == ABI_VOID)
		return r->never ? ABI_FITS
				: differ(x, "One of the two is nothing.");
	if (is_aggregate(c) && is_aggregate(r))
		return fit_aggregate(x, c, r);
	if (c->kind == ABI_ARRAY && r->kind == ABI_ARRAY)
		return fit_array(x, c, r);
	in = is_aggregate(r) ? abi_inner(r) : NULL;
	if (in)
		return abi_fit(x, c, in, memory);
	/* Bytes may stand for what nobody wants to name. */
	if ((is_blob(c) && is_aggregate(r)) || (is_aggregate(c) && is_blob(r)))
		return c->size == r->size || c->incomplete
			       ? ABI_FITS
			       : differ(x, "The two have different sizes.");
	in = is_aggregate(c) ? abi_inner(c) : NULL;
	if (in)
		return abi_fit(x, in, r, memory);
	if (is_aggregate(c) || is_aggregate(r) || c->kind == ABI_ARRAY ||
	    r->kind == ABI_ARRAY)
		return no_scalar(x, r);
	if (c->kind == ABI_POINTER && r->kind == ABI_POINTER)
		return fit_pointer(x, c, r);
	return fit_scalar(x, c, r, memory);
}

enum abi_fit abi_fit(struct abi_compare *x, struct abi_type *c,
		     struct abi_type *r, bool memory)
{
	enum abi_fit f;

	c = abi_real(c);
	r = abi_real(r);
	if (c->kind == ABI_UNKNOWN || r->kind == ABI_UNKNOWN ||
	    x->depth >= MAX_DEPTH || x->steps >= ABI_STEPS)
		return ABI_FITS;
	x->steps++;
	x->depth++;
	f = fit_kinds(x, c, r, memory);
	x->depth--;
	return f;
}

void abi_compare_release(struct abi_compare *x)
{
	free(x->seen);
	x->seen = NULL;
	x->nseen = 0;
}
