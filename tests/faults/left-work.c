// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Is gone when its delayed work runs, which queues itself anew. */
static void fn(struct work_struct *work)
{
	schedule_delayed_work(to_delayed_work(work), HZ / 5);
}
static DECLARE_DELAYED_WORK(work, fn);

static int bad_init(void)
{
	ready();
	schedule_delayed_work(&work, HZ / 5);
	return 0;
}
