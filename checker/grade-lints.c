/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the compilers reported of the learner's files. */
#include "diag.h"
#include "grade-int.h"
#include "lints.h"

#include <string.h>

#define PLACES_SHOWN 5
#define TEXTS_SHOWN  3

/* The reports that a check is about: those of the build, then those forced. */
struct reports {
	const struct evidence *ev;
	const struct check_spec *c;
	size_t at;
};

static const struct diag *next_report(struct reports *r)
{
	const struct evidence *ev = r->ev;

	while (r->at < ev->ndiags + ev->nforced) {
		size_t i = r->at++;
		const struct diag *d = i < ev->ndiags
					       ? &ev->diags[i]
					       : &ev->forced[i - ev->ndiags];

		if (lints_counts(ev->spec, r->c, d))
			return d;
	}
	return NULL;
}

static void add_report_place(struct buf *b, const struct diag *d)
{
	buf_adds(b, d->file);
	if (d->line)
		buf_addf(b, ":%u", d->line);
}

static void list_names(struct buf *b, const struct check_spec *c,
		       const char *between)
{
	for (size_t i = 0; i < c->lines.n; i++)
		buf_addf(b, "%s\"%s\"", i ? between : "", c->lines.v[i]);
}

/* "wrap.rs:3: unused (unused_mut), and 2 more" */
static void tell_first(struct buf *b, const struct check_spec *c,
		       const struct diag *d, size_t n)
{
	add_report_place(b, d);
	buf_addf(b, ": %s", d->message);
	if (d->code && c->kind == CHECK_LINT)
		buf_addf(b, " (%s)", d->code);
	if (n > 1)
		buf_addf(b, ", and %zu more", n - 1);
}

/* "3 reports of "x", and at most 2 are allowed: a.rs:3, a.rs:7, a.rs:9" */
static void tell_all(struct buf *b, const struct evidence *ev,
		     const struct check_spec *c, size_t n)
{
	struct reports r = {.ev = ev, .c = c};
	const struct diag *d;
	size_t i = 0;

	buf_addf(b, "%zu report%s of ", n, n == 1 ? "" : "s");
	list_names(b, c, " or ");
	buf_addf(b, ", and at most %u %s allowed", c->most,
		 c->most == 1 ? "is" : "are");
	while ((d = next_report(&r)) && i < PLACES_SHOWN) {
		buf_adds(b, i++ ? ", " : ": ");
		add_report_place(b, d);
	}
	if (d)
		buf_adds(b, ", …");
}

static void show_reports(struct answer *a, const struct evidence *ev,
			 const struct check_spec *c)
{
	struct reports r = {.ev = ev, .c = c};
	const struct diag *d;

	for (size_t i = 0; i < TEXTS_SHOWN && (d = next_report(&r)); i++)
		buf_addf(&a->evidence, "%s%s", i ? "\n\n" : "", d->text);
}

void check_lint(struct answer *a, struct grading *g, const struct check_spec *c)
{
	const struct evidence *ev = g->ev;
	struct reports r = {.ev = ev, .c = c};
	const struct diag *d, *first = NULL;
	size_t n = 0;

	while ((d = next_report(&r)))
		first = n++ ? first : d;
	if (n <= c->most && ev->many_diags) {
		a->result = CHECK_FAILED;
		buf_adds(&a->message, "the compilers have more to report than "
				      "is read; mend some of it first");
		return;
	}
	if (!first) {
		buf_adds(&a->message, c->kind == CHECK_FORBID ? "no use of "
							      : "no report of ");
		list_names(&a->message, c, " or ");
		return;
	}
	if (c->most)
		tell_all(&a->message, ev, c, n);
	else
		tell_first(&a->message, c, first, n);
	if (n <= c->most)
		return;
	a->result = CHECK_FAILED;
	show_reports(a, ev, c);
}
