// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Is gone when its delayed work runs. */
static void fn(struct work_struct *work)
{
	pr_info("bad: still here\n");
}
static DECLARE_DELAYED_WORK(work, fn);

static int bad_init(void)
{
	ready();
	schedule_delayed_work(&work, HZ);
	return 0;
}
