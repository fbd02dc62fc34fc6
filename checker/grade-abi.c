/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks of what the stage `abi` compares. When C and Rust disagree the check
 * of a lesson ends with that stage: then these are all that is told apart.
 */
#include "grade-int.h"
#include "err.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_all(const struct check_spec *c)
{
	return c->lines.n == 1 && strcmp(c->lines.v[0], "all") == 0;
}

/* Reports begin so: "legacy_read: ...", "struct ring: ...". */
static bool is_about(const struct diag *d, const char *name)
{
	size_t n = strlen(name);

	return strncmp(d->message, name, n) == 0 && d->message[n] == ':';
}

static bool is_asked(const struct check_spec *c, const struct diag *d)
{
	for (size_t i = 0; i < c->lines.n; i++)
		if (is_about(d, c->lines.v[i]))
			return true;
	return is_all(c);
}

void check_abi(struct answer *a, struct grading *g, const struct check_spec *c)
{
	(void)g;
	buf_adds(&a->message, "C and Rust agree about ");
	for (size_t i = 0; i < c->lines.n && !is_all(c); i++)
		buf_addf(&a->message, "%s%s",
			 i == 0		      ? ""
			 : i + 1 < c->lines.n ? ", "
					      : " and ",
			 c->lines.v[i]);
	if (is_all(c))
		buf_adds(&a->message, "all that crosses between them");
}

int grade_abi(struct verdict *v, const struct spec *spec,
	      const struct diag *found, size_t n, struct err *e)
{
	for (size_t i = 0; i < spec->nchecks && i < v->nchecks; i++) {
		struct verdict_check *out = &v->checks[i];
		size_t k = 0;

		if (spec->checks[i].kind != CHECK_ABI)
			continue;
		while (k < n && !is_asked(&spec->checks[i], &found[k]))
			k++;
		if (k == n)
			continue;
		free(out->message);
		free(out->evidence);
		out->result = CHECK_FAILED;
		out->message = strdup(found[k].message);
		out->evidence = strdup(found[k].text ? found[k].text : "");
		if (!out->message || !out->evidence)
			return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	return 0;
}
