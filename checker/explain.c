/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "explain.h"
#include "err.h"
#include "explain-int.h"

#include <string.h>

static const char *look_up(const struct explanations *all, enum finding_kind k,
			   const char *title)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct explanation *e = &all->v[i];

		if (e->kind == k &&
		    (!e->title || (title && strstr(title, e->title))))
			return e->text;
	}
	return NULL;
}

static const struct explanations *const tables[] = {
	&explain_memory,
	&explain_locks,
	&explain_faults,
};

const char *finding_explain_nth(enum finding_kind k, size_t n,
				const char **title)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		for (size_t j = 0; j < tables[i]->n; j++) {
			const struct explanation *e = &tables[i]->v[j];

			if (e->kind != k || n--)
				continue;
			*title = e->title;
			return e->text;
		}
	}
	return NULL;
}

const char *finding_explain(enum finding_kind k, const char *title)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		const char *text = look_up(tables[i], k, title);

		if (text)
			return text;
	}
	BUG("no explanation of finding kind %d", k);
}
