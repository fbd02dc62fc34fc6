// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Keeps a CPU to itself for six seconds. */
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	unsigned long end = jiffies + 6 * HZ;

	ready();
	spin_lock(&lock);
	while (time_before(jiffies, end))
		barrier();
	spin_unlock(&lock);
	return 0;
}
