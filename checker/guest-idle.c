/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-idle.h"

#define IDLE_MS	  5000
#define CPU_MS	  100  /* what a QEMU uses that has nothing to do, at most */
#define WAITED_MS 1000 /* more than a few wake-ups on a busy host wait for */

void idle_begin(struct idle *i, int64_t now, int64_t waited)
{
	*i = (struct idle){.used_at = now, .waited = waited};
}

bool idle_seems(struct idle *i, int64_t now, int64_t cpu)
{
	if (cpu - i->cpu > CPU_MS) {
		i->cpu = cpu;
		i->used_at = now;
	}
	return now - i->used_at > IDLE_MS;
}

bool idle_is(struct idle *i, int64_t now, int64_t waited)
{
	bool starved = waited - i->waited > WAITED_MS;

	i->waited = waited;
	if (starved)
		i->used_at = now;
	return !starved;
}
