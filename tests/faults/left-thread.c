// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/kthread.h>

/* Is gone while its thread sleeps. */
static int thread(void *unused)
{
	for (;;)
		msleep(500);
	return 0;
}

static int bad_init(void)
{
	ready();
	return PTR_ERR_OR_ZERO(kthread_run(thread, NULL, "bad_thread"));
}
