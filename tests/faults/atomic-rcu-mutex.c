// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/rcupdate.h>

/* Takes a mutex inside of a reader's section. */
static DEFINE_MUTEX(lock);

static int bad_init(void)
{
	ready();
	rcu_read_lock();
	mutex_lock(&lock); /* HERE */
	mutex_unlock(&lock);
	rcu_read_unlock();
	return 0;
}
