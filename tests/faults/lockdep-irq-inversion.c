// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/timer.h>

/* A timer takes the outer of two locks that nest with timers on. */
static DEFINE_SPINLOCK(outer);
static DEFINE_SPINLOCK(inner);

static void tick(struct timer_list *unused)
{
	spin_lock(&outer); /* HERE */
	spin_unlock(&outer);
}
static DEFINE_TIMER(timer, tick);

static int bad_init(void)
{
	ready();
	spin_lock_bh(&outer);
	spin_lock(&inner);
	spin_unlock(&inner);
	spin_unlock_bh(&outer);
	spin_lock(&inner);
	spin_unlock(&inner);
	mod_timer(&timer, jiffies + 1);
	msleep(50);
	timer_delete_sync(&timer);
	return 0;
}
