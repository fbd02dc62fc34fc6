/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * finding: something that the kernel reported and no healthy run reports.
 *
 * One fault is one finding, of the kind that says most: a NULL dereference
 * that KASAN and the Oops both report is one.
 */
#ifndef CHECKER_FINDING_H
#define CHECKER_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum finding_kind {
	FINDING_KASAN,
	FINDING_UBSAN,
	FINDING_LOCKDEP,
	FINDING_HELD_LOCK,
	FINDING_BAD_UNLOCK,
	FINDING_ATOMIC_SLEEP,
	FINDING_REFCOUNT,
	FINDING_LIST_CORRUPTION,
	FINDING_LEAK,
	FINDING_OOPS,
	FINDING_BUG,
	FINDING_WARN,
	FINDING_RUST_PANIC,
	FINDING_PANIC,
	FINDING_SOFT_LOCKUP,
	FINDING_HUNG_TASK,
	FINDING_RCU_STALL,
	FINDING_FORGED,
	FINDING_NKINDS,
};

struct finding {
	enum finding_kind kind;
	char *title;   /* the report's headline, without timestamp or address */
	char *file;    /* the source file that the report names, or NULL */
	unsigned line; /* 1-based; 0 when not known */
	char *symbol;  /* "fn+0x1a/0x40 [module]" of the culprit, or NULL */
	char *explain; /* two or three sentences that teach, or NULL */
	size_t log_line; /* 1-based line of the log where the report starts */
	size_t log_end;	 /* last line of the report, inclusive */
};

/* "kasan", "held-lock", …: the names of the JSON contract. */
const char *finding_name(enum finding_kind k);
/* The reverse; FINDING_NKINDS when there is no such kind. */
enum finding_kind finding_from_name(const char *name);

void finding_release(struct finding *f);

#endif
