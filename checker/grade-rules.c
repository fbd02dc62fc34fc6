/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grade-int.h"
#include "rules.h"

void check_rule(struct answer *a, struct grading *g, const struct check_spec *c)
{
	const struct rule *r =
		g->ev->rules ? &g->ev->rules[c - g->ev->spec->checks] : NULL;

	if (!r || !r->looked) {
		a->result = CHECK_NOT_RUN;
		buf_adds(&a->message, "nobody has looked at what was built");
		return;
	}
	a->result = r->holds ? CHECK_PASSED : CHECK_FAILED;
	buf_add(&a->message, r->message.data, r->message.len);
}
