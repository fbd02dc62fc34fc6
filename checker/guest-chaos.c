/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-int.h"

#define SHORTEST_US 30 /* a CPU runs half as long as it lasts: 2000 insns */
#define OCTAVES	    4
#define NSLICES	    2

/*
 * QEMU runs the CPUs of a guest one after the other, each until half the
 * time to the next timer of any clock is over. So timers of QEMU's that
 * nobody hears make them change places, anywhere between two instructions,
 * and the guest does not even notice. Two that do not go together give an
 * order that does not repeat itself.
 */
int guest_disturb(struct guest *g, struct err *e)
{
	uint64_t bits = g->o->chaos;
	unsigned us[NSLICES];

	if (bits == 0)
		return 0;
	for (size_t i = 0; i < NSLICES; i++) {
		unsigned base = SHORTEST_US << (bits % OCTAVES);

		us[i] = base + (unsigned)((bits >> 8) % base);
		bits = (bits >> 24) | (bits << 40);
	}
	return qemu_slice(g->qemu, us, NSLICES, e);
}
