/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks whose answer another build has given: check-variants.c. */
#include "grade-int.h"

void check_variant(struct answer *a, struct grading *g,
		   const struct check_spec *c)
{
	const struct variant_result *r;

	if (!g->ev->variants) {
		a->result = CHECK_NOT_RUN;
		buf_adds(&a->message, "it was not tried: the run did not get "
				      "that far");
		return;
	}
	r = &g->ev->variants[c - g->ev->spec->checks];
	a->result = r->result;
	buf_adds(&a->message, r->message ? r->message : "");
	buf_adds(&a->evidence, r->evidence ? r->evidence : "");
}
