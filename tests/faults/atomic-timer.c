// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/timer.h>

/* Takes a mutex in a timer. */
static DEFINE_MUTEX(lock);

static void tick(struct timer_list *unused)
{
	mutex_lock(&lock); /* HERE */
	mutex_unlock(&lock);
}
static DEFINE_TIMER(timer, tick);

static int bad_init(void)
{
	ready();
	mod_timer(&timer, jiffies + 1);
	msleep(50);
	timer_delete_sync(&timer);
	return 0;
}
