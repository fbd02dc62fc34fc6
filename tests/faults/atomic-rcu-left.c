// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/rcupdate.h>

/* Leaves inside of a reader's section. */
static int bad_init(void)
{
	ready();
	rcu_read_lock(); /* HERE */
	return 0;
}
