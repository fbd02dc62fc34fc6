/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules.h"
#include "err.h"
#include "spec.h"

#include <errno.h>
#include <stdlib.h>

void rules_free(struct rule *r, size_t n)
{
	for (size_t i = 0; r && i < n; i++)
		buf_release(&r[i].message);
	free(r);
}

static bool is_rule(const struct check_spec *c)
{
	return c->kind == CHECK_SIZE || c->kind == CHECK_SOURCE;
}

int rules_look(struct rule **out, const struct rules_opts *o, struct err *e)
{
	const struct spec *s = o->spec;
	bool any = false;
	struct rule *r;
	int ret = 0;

	*out = NULL;
	for (size_t i = 0; i < s->nchecks; i++)
		any |= is_rule(&s->checks[i]);
	if (!any)
		return 0;
	r = calloc(s->nchecks, sizeof(*r));
	if (!r)
		return err_set(e, ERR_ENV, ENOMEM, "cannot look at the build");
	for (size_t i = 0; ret == 0 && i < s->nchecks; i++) {
		const struct check_spec *c = &s->checks[i];

		if (c->kind == CHECK_SIZE)
			ret = size_look(&r[i], c, o->stage);
		else if (c->kind == CHECK_SOURCE)
			ret = source_look(&r[i], c, o, e);
	}
	if (ret == 0) {
		*out = r;
		return 0;
	}
	rules_free(r, s->nchecks);
	return e->code == ERR_NONE
		       ? err_set(e, ERR_ENV, ENOMEM, "cannot look at the build")
		       : -1;
}
