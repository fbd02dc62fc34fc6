/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ktap.h"

#include <string.h>

const char *ktap_status_name(enum ktap_status s)
{
	static const char *const names[] = {
		[KTAP_NONE] = "none",	[KTAP_PASS] = "pass",
		[KTAP_FAIL] = "fail",	[KTAP_SKIP] = "skip",
		[KTAP_CRASH] = "crash", [KTAP_INCOMPLETE] = "incomplete",
	};

	return names[s];
}

static bool is_named(const struct ktap_test *t, const char *name)
{
	return t->name && strcmp(t->name, name) == 0;
}

/* Depth is bounded by KTAP_MAX_DEPTH. */
static const struct ktap_test *find(const struct ktap_test *t,
				    const char *name)
{
	const struct ktap_test *found;

	for (size_t i = 0; i < t->nsub; i++) {
		if (is_named(&t->sub[i], name))
			return &t->sub[i];
		found = find(&t->sub[i], name);
		if (found)
			return found;
	}
	return NULL;
}

/* Several suites may bear the name: the first that has the case. */
static const struct ktap_test *find_case(const struct ktap_test *t,
					 const char *suite, const char *kase)
{
	const struct ktap_test *found = NULL;

	for (size_t i = 0; i < t->nsub && !found; i++) {
		if (is_named(&t->sub[i], suite))
			found = find(&t->sub[i], kase);
		if (!found)
			found = find_case(&t->sub[i], suite, kase);
	}
	return found;
}

const struct ktap_test *ktap_find(const struct ktap *k, const char *suite,
				  const char *kase)
{
	const struct ktap_test *root = ktap_root(k);

	return kase ? find_case(root, suite, kase) : find(root, suite);
}
