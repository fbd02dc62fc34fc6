// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Comes out of a work item with a spinlock locked. */
static DEFINE_SPINLOCK(lock);

static void fn(struct work_struct *work)
{
	spin_lock(&lock); /* HERE */
}
static DECLARE_WORK(work, fn);

static int bad_init(void)
{
	ready();
	schedule_work(&work);
	msleep(50);
	return 0;
}
