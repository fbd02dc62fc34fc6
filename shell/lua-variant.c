/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of a check that builds the work beside other files. */
#include "lua-int.h"
#include "lesson.h"

#include <stdlib.h>
#include <string.h>

static const char *const expects[] = {
	[VARIANT_PASS] = "pass",
	[VARIANT_REJECTED] = "rejected",
	[VARIANT_BUILD_FAILED] = "build-failed",
	[VARIANT_ABI_FAILED] = "abi-failed",
	NULL,
};

static void take_expect(const struct rec *r, struct variant_spec *v, char *word)
{
	struct strv all = {.v = (char **)expects, .n = 4};
	int k = 0;

	must_be_in(r, "expect", word, &all, "expectation");
	while (strcmp(expects[k], word) != 0)
		k++;
	v->expect = (enum variant_expect)k;
}

/* Into .says for the moment, so that it is not lost. */
static void read_expect(const struct rec *r, struct variant_spec *v)
{
	/** check.expect: "pass", "rejected", "build-failed" or "abi-failed"
	 * With `variant`: what must come of it; "pass" if left out. With
	 * "rejected" it does not build, or C and Rust are found to disagree;
	 * the last two ask for the one or the other.
	 * > expect = "build-failed",
	 */
	if (!get_string(r, "expect", &v->says, 20, GET_LINE))
		return;
	take_expect(r, v, v->says);
	free(v->says);
	v->says = NULL;
}

void lua_variant_read(const struct rec *r, const struct lesson *l,
		      struct variant_spec *v)
{
	static const char *const others[] = {"expect", "code", "says", NULL};

	for (size_t i = 0; others[i] && !rec_has(r, "variant"); i++)
		if (rec_has(r, others[i]))
			rec_fail(r, NULL, "%s goes with variant only",
				 others[i]);
	if (!get_string(r, "variant", &v->name, 64, GET_LINE))
		return;
	need_folder(r, "variant", l, "variant", v->name);
	read_expect(r, v);
	/** check.code
	 * With an `expect` that is not "pass": the code or lint of an error
	 * that must be among those that are reported.
	 * > check "width" { title = "a wider type is noticed",
	 * >   variant = "wide", expect = "build-failed", code = "E0308" },
	 */
	get_string(r, "code", &v->code, 80, GET_LINE);
	/** check.says
	 * Likewise: text that such an error must have in it. With `code`, the
	 * same error.
	 * > expect = "build-failed", says = "static assertion failed",
	 */
	get_string(r, "says", &v->says, 200, GET_LINE);
	if (v->expect == VARIANT_PASS && (v->code || v->says))
		rec_fail(r, NULL,
			 "%s asks for an error, and expect is \"pass\"",
			 v->code ? "code" : "says");
}
