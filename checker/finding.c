/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "finding.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[FINDING_NKINDS] = {
	[FINDING_KASAN] = "kasan",
	[FINDING_UBSAN] = "ubsan",
	[FINDING_LOCKDEP] = "lockdep",
	[FINDING_HELD_LOCK] = "held-lock",
	[FINDING_BAD_UNLOCK] = "bad-unlock",
	[FINDING_ATOMIC_SLEEP] = "atomic-sleep",
	[FINDING_REFCOUNT] = "refcount",
	[FINDING_LIST_CORRUPTION] = "list-corruption",
	[FINDING_LEAK] = "leak",
	[FINDING_OOPS] = "oops",
	[FINDING_BUG] = "bug",
	[FINDING_WARN] = "warn",
	[FINDING_RUST_PANIC] = "rust-panic",
	[FINDING_PANIC] = "panic",
	[FINDING_SOFT_LOCKUP] = "soft-lockup",
	[FINDING_HUNG_TASK] = "hung-task",
	[FINDING_RCU_STALL] = "rcu-stall",
	[FINDING_FORGED] = "forged",
};

const char *finding_name(enum finding_kind k)
{
	return names[k];
}

enum finding_kind finding_from_name(const char *name)
{
	int k = 0;

	while (k < FINDING_NKINDS && strcmp(names[k], name) != 0)
		k++;
	return k;
}

static void site_release(struct finding_site *s)
{
	free(s->name);
	free(s->symbol);
	free(s->file);
	free(s->function);
}

void finding_release(struct finding *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->nsites; i++)
		site_release(&f->sites[i]);
	free(f->sites);
	free(f->title);
	free(f->file);
	free(f->symbol);
	free(f->explain);
	*f = (struct finding){.title = NULL};
}

static int copy(char **to, const char *s)
{
	*to = s ? strdup(s) : NULL;
	return s && !*to ? -1 : 0;
}

int finding_add_site(struct finding *f, const struct finding_site *site)
{
	struct finding_site *all, s = *site;

	s.name = s.symbol = s.file = s.function = NULL;
	if (copy(&s.name, site->name) < 0 ||
	    copy(&s.symbol, site->symbol) < 0 ||
	    copy(&s.file, site->file) < 0 ||
	    copy(&s.function, site->function) < 0)
		goto failed;
	all = realloc(f->sites, (f->nsites + 1) * sizeof(*all));
	if (!all)
		goto failed;
	f->sites = all;
	all[f->nsites++] = s;
	return 0;
failed:
	site_release(&s);
	return -1;
}

bool finding_has_role(const struct finding *f, enum site_role role)
{
	for (size_t i = 0; i < f->nsites; i++)
		if (f->sites[i].role == role)
			return true;
	return false;
}
