/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signatures, and how what is wrong is reported. */
#include "abi-rules.h"
#include "abi-source.h"

#include <stdlib.h>
#include <string.h>

/* ---- reports ---- */

void abi_add_place(struct buf *b, const char *before, const char *file,
		   unsigned line)
{
	if (!file)
		return;
	buf_addf(b, "%s%s", before, file);
	if (line)
		buf_addf(b, ":%u", line);
}

static bool is_known(const struct abi_compare *x, const char *message)
{
	for (size_t i = 0; i < x->ndiags; i++)
		if (strcmp(x->diags[i].message, message) == 0)
			return true;
	return false;
}

void abi_report(struct abi_compare *x, const char *file, unsigned line,
		struct buf *message, struct buf *body)
{
	size_t max = x->max ? x->max : ABI_REPORTS_MAX;
	struct diag d = {.level = DIAG_ERROR, .tool = DIAG_ABI, .line = line};
	struct diag *v;

	if (x->ndiags >= max || is_known(x, buf_str(message)))
		goto out;
	v = realloc(x->diags, (x->ndiags + 1) * sizeof(*v));
	d.message = strdup(buf_str(message));
	buf_addc(message, '\n');
	buf_add(message, buf_str(body), body->len);
	d.text = buf_steal(message);
	d.file = file ? strdup(file) : NULL;
	if (v)
		x->diags = v;
	if (v && d.message && d.text && (d.file || !file)) {
		v[x->ndiags++] = d;
	} else {
		x->failed = true;
		free(d.message);
		free(d.text);
		free(d.file);
	}
out:
	buf_release(message);
	buf_release(body);
}

/* ---- functions ---- */

void abi_parameters(struct abi_parameters *out, struct abi_type *f)
{
	out->n = 0;
	abi_open(f);
	for (size_t i = 0; i < f->nmembers && out->n < 64; i++)
		if (!f->rust || abi_real(f->members[i].type)->size > 0)
			out->v[out->n++] = &f->members[i];
}

enum abi_fit abi_fit_function(struct abi_compare *x, struct abi_type *c,
			      struct abi_type *r, bool r_variadic)
{
	struct abi_parameters cp, rp;
	enum abi_fit f;

	f = abi_fit(x, c->to, r->to, false);
	if (f != ABI_FITS || c->unprototyped)
		return f;
	abi_parameters(&cp, c);
	abi_parameters(&rp, r);
	if (cp.n != rp.n || (r_variadic && !c->variadic)) {
		x->why = "The two functions take different numbers of "
			 "parameters.";
		return ABI_DIFFERS;
	}
	for (size_t i = 0; i < cp.n; i++) {
		f = abi_fit(x, cp.v[i]->type, rp.v[i]->type, false);
		if (f != ABI_FITS)
			return f;
	}
	return ABI_FITS;
}

struct signature {
	struct abi_compare *x;
	const char *name;
	const struct abi_side *c, *r;
	struct abi_parameters cp, rp;
};

static void add_side(struct buf *b, const struct abi_side *s,
		     const char *before)
{
	abi_add_place(b, before, s->file, s->line);
}

static void add_list(struct buf *b, const struct abi_parameters *p, bool more)
{
	buf_addc(b, '(');
	for (size_t i = 0; i < p->n; i++) {
		buf_adds(b, i ? ", " : "");
		abi_add_name(b, p->v[i]->type);
	}
	if (more)
		buf_adds(b, p->n ? ", ..." : "...");
	buf_addc(b, ')');
}

static bool is_void(struct abi_type *t)
{
	return abi_real(t)->kind == ABI_VOID && !abi_real(t)->never;
}

/* Both prototypes, one below the other, and what it means. */
static void add_both(struct buf *b, const struct signature *s)
{
	struct abi_type *cf = abi_real(s->c->type), *rf = abi_real(s->r->type);

	buf_adds(b, "C:    ");
	abi_add_name(b, cf->to);
	buf_addf(b, " %s", s->name);
	add_list(b, &s->cp, cf->variadic);
	add_side(b, s->c, "   // ");
	buf_addf(b, "\nRust: fn %s", s->name);
	add_list(b, &s->rp, s->r->variadic);
	if (!is_void(rf->to)) {
		buf_adds(b, " -> ");
		abi_add_name(b, rf->to);
	}
	add_side(b, s->r, "   // ");
	buf_addc(b, '\n');
}

static void tell(const struct signature *s, struct buf *message,
		 const char *why)
{
	struct buf body = BUF_INIT;

	add_both(&body, s);
	buf_addf(&body, "%s\n", why);
	abi_report(s->x, s->r->file, s->r->line, message, &body);
}

void abi_add_advice(struct buf *b, struct abi_type *c, struct abi_type *r)
{
	struct buf rust = BUF_INIT, is = BUF_INIT;

	abi_add_name(&is, r);
	/* Of two structs that have one name it is no advice. */
	if (abi_add_rust(&rust, c, r) &&
	    strcmp(buf_str(&rust), buf_str(&is)) != 0)
		buf_addf(b, ": write %s", buf_str(&rust));
	buf_release(&rust);
	buf_release(&is);
}

/* "legacy.c:12 returns int; wrap.rs:9 declares isize: write c_int" */
static void compare_return(const struct signature *s)
{
	struct abi_type *c = abi_real(s->c->type)->to;
	struct abi_type *r = abi_real(s->r->type)->to;
	struct buf m = BUF_INIT;

	if (abi_real(s->r->type)->never ||
	    abi_fit(s->x, c, r, false) != ABI_DIFFERS)
		return;
	buf_addf(&m, "%s:", s->name);
	abi_add_place(&m, " ", s->c->file ? s->c->file : "C", s->c->line);
	buf_adds(&m,
		 s->c->declared ? " declares that it returns " : " returns ");
	if (is_void(c))
		buf_adds(&m, "nothing");
	else
		abi_add_name(&m, c);
	buf_addc(&m, ';');
	abi_add_place(&m, " ", s->r->file ? s->r->file : "Rust", s->r->line);
	buf_adds(&m, s->r->declared ? " declares " : " returns ");
	if (is_void(r))
		buf_adds(&m, s->r->declared ? "no return value" : "nothing");
	else
		abi_add_name(&m, r);
	if (is_void(c))
		buf_adds(&m, ": leave it out");
	else
		abi_add_advice(&m, c, r);
	if (is_void(r))
		tell(s, &m, "What C returns, an errno perhaps, is lost.");
	else if (is_void(c))
		tell(s, &m,
		     "There is no such value: what is read is whatever "
		     "was left in the register.");
	else
		tell(s, &m, s->x->why);
}

static void compare_count(const struct signature *s)
{
	struct buf m = BUF_INIT;

	buf_addf(&m, "%s: it takes %zu parameter%s", s->name, s->cp.n,
		 s->cp.n == 1 ? "" : "s");
	add_side(&m, s->c, " in ");
	buf_addf(&m, ", %zu", s->rp.n);
	add_side(&m, s->r, " in ");
	tell(s, &m,
	     "A parameter that is not passed is whatever was left in "
	     "its register; one too many is never seen.");
}

static bool differs(const struct signature *s, size_t i, size_t j)
{
	size_t before = s->x->nseen;
	bool r;

	s->x->quiet++;
	r = abi_fit(s->x, s->cp.v[i]->type, s->rp.v[j]->type, false) !=
	    ABI_FITS;
	s->x->quiet--;
	s->x->nseen = before;
	return r;
}

/* Of a pair that only changed places, the second. 0: it is not one. */
static size_t swapped_with(const struct signature *s, size_t i)
{
	for (size_t j = i + 1; j < s->cp.n; j++)
		if (differs(s, j, j) && !differs(s, i, j) && !differs(s, j, i))
			return j;
	return 0;
}

static void tell_swapped(const struct signature *s, size_t i, size_t j)
{
	struct buf m = BUF_INIT;

	buf_addf(&m, "%s: parameters %zu and %zu change places: ", s->name,
		 i + 1, j + 1);
	add_list(&m, &s->cp, false);
	add_side(&m, s->c, " in ");
	buf_adds(&m, ", ");
	add_list(&m, &s->rp, false);
	add_side(&m, s->r, " in ");
	tell(s, &m,
	     "Parameters are passed by their place, not by their "
	     "name.");
}

static void tell_parameter(const struct signature *s, size_t i)
{
	const char *name =
		s->cp.v[i]->name ? s->cp.v[i]->name : s->rp.v[i]->name;
	struct buf m = BUF_INIT;

	buf_addf(&m, "%s: parameter %zu", s->name, i + 1);
	if (name)
		buf_addf(&m, " (`%s`)", name);
	buf_adds(&m, " is ");
	abi_add_name(&m, s->cp.v[i]->type);
	add_side(&m, s->c, " in ");
	buf_adds(&m, ", ");
	abi_add_name(&m, s->rp.v[i]->type);
	add_side(&m, s->r, " in ");
	abi_add_advice(&m, s->cp.v[i]->type, s->rp.v[i]->type);
	tell(s, &m, s->x->why);
}

static void compare_parameters(const struct signature *s)
{
	size_t other[64] = {0}, with;

	if (abi_real(s->c->type)->unprototyped)
		return;
	if (s->cp.n != s->rp.n ||
	    (s->r->variadic && !abi_real(s->c->type)->variadic)) {
		compare_count(s);
		return;
	}
	for (size_t i = 0; i < s->cp.n; i++) {
		if (other[i] || abi_fit(s->x, s->cp.v[i]->type,
					s->rp.v[i]->type, false) != ABI_DIFFERS)
			continue;
		with = swapped_with(s, i);
		if (with) {
			other[with] = 1;
			tell_swapped(s, i, with);
			continue;
		}
		/* Looking for a pair has asked other questions. */
		abi_fit(s->x, s->cp.v[i]->type, s->rp.v[i]->type, false);
		tell_parameter(s, i);
	}
}

void abi_compare_function(struct abi_compare *x, const char *name,
			  const struct abi_side *c, const struct abi_side *r)
{
	struct signature s = {.x = x, .name = name, .c = c, .r = r};
	struct buf m = BUF_INIT;

	if (abi_real(c->type)->kind != ABI_FUNCTION ||
	    abi_real(r->type)->kind != ABI_FUNCTION)
		return;
	abi_parameters(&s.cp, abi_real(c->type));
	abi_parameters(&s.rp, abi_real(r->type));
	if (r->rust_abi) {
		buf_addf(&m, "%s:", name);
		abi_add_place(&m, " ", r->file ? r->file : "Rust", r->line);
		buf_adds(&m, " is not extern \"C\", and C calls it");
		add_side(&m, c, " by ");
		buf_adds(&m, ": write extern \"C\" fn");
		tell(&s, &m,
		     "A function without it is called in Rust's own "
		     "way, which C does not know and which may be "
		     "another tomorrow.");
	}
	compare_return(&s);
	compare_parameters(&s);
}

void abi_compare_variable(struct abi_compare *x, const char *name,
			  const struct abi_side *c, const struct abi_side *r)
{
	struct buf m = BUF_INIT, body = BUF_INIT;

	if (abi_fit(x, c->type, r->type, false) != ABI_DIFFERS)
		return;
	buf_addf(&m, "%s: it is ", name);
	abi_add_name(&m, c->type);
	add_side(&m, c, " in ");
	buf_adds(&m, ", ");
	abi_add_name(&m, r->type);
	add_side(&m, r, " in ");
	abi_add_advice(&m, c->type, r->type);
	buf_addf(&body, "%s\n", x->why);
	abi_report(x, r->file, r->line, &m, &body);
}
