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

void finding_release(struct finding *f)
{
	if (!f)
		return;
	free(f->title);
	free(f->file);
	free(f->symbol);
	free(f->explain);
	*f = (struct finding){.title = NULL};
}
