// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/timer.h>

/* Takes in a timer a lock that is held elsewhere with timers on. */
static DEFINE_SPINLOCK(lock);

static void tick(struct timer_list *unused)
{
	spin_lock(&lock);
	spin_unlock(&lock);
}
static DEFINE_TIMER(timer, tick);

static int bad_init(void)
{
	ready();
	mod_timer(&timer, jiffies + 1);
	msleep(50);
	spin_lock(&lock); /* HERE */
	spin_unlock(&lock);
	timer_delete_sync(&timer);
	return 0;
}
