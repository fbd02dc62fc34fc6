/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest-unwind: the parts of a step of many rounds, PLAN_SOAK or
 * PLAN_FAILSLAB, one request each. As in guest.h, a guest that ended is no
 * error: a call then gives nothing, and guest_alive() says so.
 */
#ifndef CHECKER_GUEST_UNWIND_H
#define CHECKER_GUEST_UNWIND_H

#include "guest.h"

/* Load the harness from @path in the guest, before anything of a learner's. */
int guest_harness(struct guest *g, const char *path, struct err *e);

/* The step begins, and ends with this result. */
int guest_begin(struct guest *g, int index, struct err *e);
int guest_end_step(struct guest *g, int index, int result, struct err *e);

/* Which round of which step, and what it may take. */
struct guest_round {
	int index;
	unsigned round; /* from 1 on */
	unsigned nth; /* of the allocations of init: fails; 0: none */
	unsigned budget_ms; /* of guest time */
};

/* Load the step's module; unload it. */
int guest_load(struct guest *g, const struct plan_step *step,
	       const struct guest_round *round, struct step_result *r,
	       struct err *e);
int guest_unload(struct guest *g, const char *module,
		 const struct guest_round *round, struct step_result *r,
		 struct err *e);

/* What the harness saw; the names that are new; the objects left behind. */
int guest_report(struct guest *g, struct buf *out, struct err *e);
int guest_left(struct guest *g, struct buf *out, struct err *e);
int guest_leaks(struct guest *g, const struct guest_round *round,
		struct buf *out, struct err *e);

#endif
