/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks that say nothing unless others hold: one fault is to be one failed
 * check, and not one for each thing that could not work any more.
 */
#include "grade-int.h"

#include <string.h>

/* The index of the check before @c with this id; that of @c: there is none. */
static size_t find_before(const struct spec *spec, const struct check_spec *c,
			  const char *id)
{
	size_t i = 0;

	while (&spec->checks[i] != c && strcmp(spec->checks[i].id, id) != 0)
		i++;
	return i;
}

const char *needs_fault(const struct spec *spec, const struct check_spec *c)
{
	for (size_t i = 0; i < c->needs.n; i++)
		if (&spec->checks[find_before(spec, c, c->needs.v[i])] == c)
			return "it needs a check that does not come before it";
	return NULL;
}

/* The first of those that it needs which does not hold, or NULL. */
static const struct check_spec *unmet(const struct grading *g,
				      const struct check_spec *c)
{
	const struct spec *spec = g->ev->spec;

	for (size_t i = 0; i < c->needs.n; i++) {
		size_t at = find_before(spec, c, c->needs.v[i]);

		if (g->v->checks[at].result != CHECK_PASSED)
			return &spec->checks[at];
	}
	return NULL;
}

bool needs_unmet(struct answer *a, const struct grading *g,
		 const struct check_spec *c)
{
	const struct check_spec *root = unmet(g, c), *next = root;

	if (!root)
		return false;
	/* Each comes before the one that needs it, so this ends. */
	while ((next = unmet(g, next)))
		root = next;
	a->result = CHECK_NOT_RUN;
	buf_addf(&a->message, NEEDS_FIRST "\"%s\" first", root->title);
	return true;
}
