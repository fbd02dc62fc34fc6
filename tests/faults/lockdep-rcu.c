// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/rcupdate.h>

/* Reads what RCU protects without telling RCU. */
static int number = 7;
static int __rcu *shared = (int __rcu *)&number;

static int bad_init(void)
{
	ready();
	return *rcu_dereference(shared) == 3; /* HERE */
}
