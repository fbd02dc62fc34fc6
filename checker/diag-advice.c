/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the worst messages mean, and which report is of which kind. */
#include "diag-advice-int.h"
#include "diag-parse.h"

#include <string.h>

static bool matches(const struct advice *a, const struct diag *d)
{
	return a->tool == d->tool && strstr(d->message, a->message) &&
	       (!a->text || strstr(d->text, a->text));
}

const char *diag_advice(const struct diag *d)
{
	const struct advices *all =
		d->tool == DIAG_RUSTC ? &advices_rust : &advices_c;

	for (size_t i = 0; i < all->n; i++)
		if (matches(&all->v[i], d))
			return all->v[i].advice;
	return NULL;
}

static bool same_char(char a, char b)
{
	return a == b || ((a == '-' || a == '_') && (b == '-' || b == '_'));
}

static bool span_is(struct span s, const char *name)
{
	size_t i = 0;

	while (i < s.len && name[i] && same_char(s.s[i], name[i]))
		i++;
	if (name[i] == '*' && !name[i + 1])
		return true;
	return i == s.len && !name[i];
}

bool diag_is(const struct diag *d, const char *name)
{
	if (!*name)
		return false;
	if (span_is(span_of(d->code ? d->code : ""), name))
		return true;
	/* An error with a number may be a lint as well: E0133. */
	if (d->tool != DIAG_RUSTC)
		return false;
	return span_is(lint_in_text(span_of(d->text)), name);
}
