// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/rcupdate.h>

/* Reads for ten seconds what RCU protects, while others wait for it. */
static int bad_init(void)
{
	unsigned long end = jiffies + 10 * HZ;

	ready();
	rcu_read_lock();
	start_poll_synchronize_rcu();
	while (time_before(jiffies, end))
		barrier();
	rcu_read_unlock();
	return 0;
}
