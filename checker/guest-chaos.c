/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-int.h"

#define SHORTEST_US 40 /* 5000 instructions, half of them on each CPU */
#define OCTAVES	    4

/*
 * QEMU runs the CPUs of a guest one after the other, each until half the
 * time to the next timer of any clock is over. So a timer of QEMU's that
 * nobody hears makes them change places, anywhere between two instructions,
 * and the guest does not even notice. It also ends what would be idle time;
 * more such timers, or shorter ones, cost more than they find.
 */
int guest_disturb(struct guest *g, struct err *e)
{
	uint64_t bits = g->o->chaos;
	unsigned us;

	if (bits == 0)
		return 0;
	us = SHORTEST_US << (bits % OCTAVES);
	us += (unsigned)((bits >> 8) % us);
	return qemu_slice(g->qemu, us, e);
}
