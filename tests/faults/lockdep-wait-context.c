// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a lock that sleeps on real-time kernels within one that spins. */
static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	ready();
	raw_spin_lock(&raw);
	spin_lock(&lock); /* HERE */
	spin_unlock(&lock);
	raw_spin_unlock(&raw);
	return 0;
}
