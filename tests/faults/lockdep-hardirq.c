// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/hrtimer.h>

/* Takes in an interrupt a lock that is held elsewhere with them on. */
static DEFINE_RAW_SPINLOCK(lock);
static struct hrtimer timer;

static enum hrtimer_restart tick(struct hrtimer *timer)
{
	raw_spin_lock(&lock); /* HERE */
	raw_spin_unlock(&lock);
	return HRTIMER_NORESTART;
}

static int bad_init(void)
{
	ready();
	raw_spin_lock(&lock);
	raw_spin_unlock(&lock);
	hrtimer_setup(&timer, tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	hrtimer_start(&timer, ms_to_ktime(1), HRTIMER_MODE_REL_HARD);
	msleep(20);
	hrtimer_cancel(&timer);
	return 0;
}
