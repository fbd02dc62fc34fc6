// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/rcupdate.h>

/* Sleeps inside of a reader's section. */
static int bad_init(void)
{
	ready();
	rcu_read_lock();
	msleep(20); /* HERE */
	rcu_read_unlock();
	return 0;
}
