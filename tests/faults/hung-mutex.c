// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/kthread.h>

/* Waits five seconds for a mutex whose owner sleeps. */
static DEFINE_MUTEX(lock);

static int keeper(void *unused)
{
	mutex_lock(&lock);
	msleep_interruptible(5000);
	mutex_unlock(&lock);
	return 0;
}

static int bad_init(void)
{
	ready();
	if (IS_ERR(kthread_run(keeper, NULL, "bad_keeper")))
		return -ENOMEM;
	msleep(50);
	mutex_lock(&lock); /* HERE */
	mutex_unlock(&lock);
	return 0;
}
