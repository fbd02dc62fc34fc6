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

/* What a place that a report names is to it. */
enum site_role {
	SITE_FRAME, /* it happened here; where it was called from follows */
	SITE_ALLOCATED, /* the object was allocated */
	SITE_FREED, /* the object was freed */
	SITE_WANTED, /* the lock .name was about to be taken */
	SITE_HELD, /* the lock .name, which is held, was taken */
	SITE_CHAIN, /* lockdep has seen .name taken under another lock */
	SITE_EARLIER, /* it was used in the other way that does not fit */
	SITE_DISABLED, /* preemption or interrupts were disabled */
	SITE_NROLES,
};

/* A frame in a module. Those of one stack follow each other. */
struct finding_site {
	enum site_role role;
	bool first; /* of its stack: the innermost */
	bool exact; /* the instruction itself, not the one after a call */
	/* A lock; of a frame that is first the kernel's function it called. */
	char *name;
	char *symbol; /* "fn+0x1a/0x40 [module]", or "0xffff…" if it is gone */
	/* places.h fills these, where the learner's files are: */
	char *file;
	unsigned line;
	char *function; /* as people write it: "ring_new", "ring::Ring::push" */
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
	struct finding_site *sites;
	size_t nsites;
};

/* "kasan", "held-lock", …: the names of the JSON contract. */
const char *finding_name(enum finding_kind k);
/* The reverse; FINDING_NKINDS when there is no such kind. */
enum finding_kind finding_from_name(const char *name);

void finding_release(struct finding *f);

/* Add a copy of @site; -1 when out of memory. */
int finding_add_site(struct finding *f, const struct finding_site *site);
bool finding_has_role(const struct finding *f, enum site_role role);

#endif
