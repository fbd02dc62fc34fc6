/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unwind: what came of the rounds of one step, and what to say of it.
 *
 * PLAN_SOAK loads and unloads a module again and again; PLAN_FAILSLAB does
 * so while allocation 1, 2, … of its init fails, until init gets by without
 * a failure. check-unwind.c carries the rounds out and fills a struct
 * unwind; this reads what guest and harness reported, and judges. Pure: no
 * guest, no files.
 */
#ifndef CHECKER_UNWIND_H
#define CHECKER_UNWIND_H

#include "finding.h"
#include "grade.h"

/* What the harness says of init (checker/guest/harness/kiln_unwind.c). */
enum unwind_init {
	UNWIND_NOT_REACHED, /* the module loader did not come so far */
	UNWIND_NO_INIT,
	UNWIND_BEGUN, /* and did not return */
	UNWIND_ENDED,
	UNWIND_UNKNOWN, /* the guest was not there any more to tell */
};

/* Where in the module, if that is known. */
struct unwind_site {
	/* Its .sites are the frames there; places.h finds their lines. */
	struct finding at;
	char *function; /* of the innermost that is not a library's, or NULL */
};

struct unwind_round {
	enum step_how load, unload; /* how these went, */
	int load_result, unload_result; /* and what they gave */
	enum unwind_init init;
	int returned; /* by init, if it ended */
	bool hit;      /* the allocation was made, and failed */
	bool tampered; /* init has kept it from failing */
	/*
	 * The module had called an allocator itself, and so got the NULL. If
	 * not, it had called something that allocates, which may well do
	 * without.
	 */
	bool direct;
	char *call; /* what it had called: "kmalloc", or NULL: not known */
	struct unwind_site site;
	char *left; /* "/dev/ring": a name that is new since the step began */
};

/* Objects that nobody freed. */
struct unwind_leak {
	unsigned first, last; /* rounds; 0: not allocated by who loads */
	unsigned long count;
	char *cache;
	struct unwind_site site;
};

struct unwind {
	struct unwind_round *v; /* round i + 1, or allocation i + 1 fails */
	size_t n;
	bool complete; /* all rounds; or an init without a failure */
	struct unwind_leak *leaks;
	size_t nleaks;
};

struct unwind *unwind_new(void);
void unwind_free(struct unwind *u);

/* The next round, empty; NULL: out of memory. */
struct unwind_round *unwind_add(struct unwind *u);

/* The kernel's name of the module in this file: "my_ring" of "my-ring.ko". */
void unwind_module(char *name, size_t size, const char *file);

/*
 * Read what the agent sent for FRAME_REPORT, and for FRAME_LEAKS of a round.
 * What makes no sense is passed over. -1: out of memory.
 */
int unwind_take_report(struct unwind_round *r, const char *text,
		       const char *module);
int unwind_take_leaks(struct unwind *u, const char *text, const char *module);

/* Does the round say that there is no sense in another one? */
bool unwind_stops(const struct plan_step *p, const struct unwind_round *r);

/* Was all as asked? @why gets one sentence, without a full stop. */
bool unwind_judge(struct buf *why, const struct plan_step *p,
		  const struct unwind *u);

/* "in round 3 of 50", "when allocation 3 of init fails (kmalloc in …)" */
void unwind_tell_round(struct buf *b, const struct plan_step *p,
		       const struct unwind *u, unsigned round);

/* A line for each allocation that failed, or for all rounds. */
void unwind_show(struct buf *b, const struct plan_step *p,
		 const struct unwind *u);

/* Of the finding that it is; the caller frees it. NULL: out of memory. */
char *unwind_leak_title(const struct plan_step *p, const struct unwind *u,
			const struct unwind_leak *l);

#endif
