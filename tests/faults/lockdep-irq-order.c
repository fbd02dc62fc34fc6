// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/timer.h>

/* Holds what a timer takes, and takes what is held with timers on. */
static DEFINE_SPINLOCK(timers);
static DEFINE_SPINLOCK(plain);

static void tick(struct timer_list *unused)
{
	spin_lock(&timers);
	spin_unlock(&timers);
}
static DEFINE_TIMER(timer, tick);

static int bad_init(void)
{
	ready();
	mod_timer(&timer, jiffies + 1);
	msleep(50);
	timer_delete_sync(&timer);
	spin_lock(&plain);
	spin_unlock(&plain);
	spin_lock_bh(&timers);
	spin_lock(&plain); /* HERE */
	spin_unlock(&plain);
	spin_unlock_bh(&timers);
	return 0;
}
