/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest-idle: has a guest nothing left to do, or is it only not let to?
 *
 * A guest that waits jumps to its next timer, which costs QEMU CPU time. One
 * that uses next to none for some seconds has no timer to wait for: it is
 * halted for good. But a QEMU whose turn does not come, on a busy host, uses
 * none either; it was ready to run all the while. Pure: the caller looks.
 * All times in milliseconds.
 */
#ifndef CHECKER_GUEST_IDLE_H
#define CHECKER_GUEST_IDLE_H

#include <stdbool.h>
#include <stdint.h>

struct idle {
	int64_t cpu;	 /* CPU time, when it was last seen to grow */
	int64_t used_at; /* that is, when */
	int64_t waited;	 /* for a CPU, when that was last looked at */
};

void idle_begin(struct idle *i, int64_t now, int64_t waited);

/* Its CPU time is @cpu. Was little of it used for long? Then ask: */
bool idle_seems(struct idle *i, int64_t now, int64_t cpu);
/* with the time that it waited for a CPU by now. If not, it has as long again. */
bool idle_is(struct idle *i, int64_t now, int64_t waited);

#endif
