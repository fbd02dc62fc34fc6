// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/kthread.h>

/* Starts a thread that ends with a mutex locked. */
static DEFINE_MUTEX(lock);

static int thread(void *unused)
{
	mutex_lock(&lock); /* HERE */
	return 0;
}

static int bad_init(void)
{
	ready();
	if (IS_ERR(kthread_run(thread, NULL, "bad_thread")))
		return -ENOMEM;
	msleep(50);
	return 0;
}
