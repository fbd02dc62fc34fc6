// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Is gone when the work runs that it has allocated. */
static void fn(struct work_struct *work)
{
	schedule_delayed_work(to_delayed_work(work), HZ / 5);
}

static int bad_init(void)
{
	ready();
	struct delayed_work *work = kzalloc(sizeof(*work), GFP_KERNEL);

	if (!work)
		return -ENOMEM;
	INIT_DELAYED_WORK(work, fn);
	schedule_delayed_work(work, HZ / 5);
	return 0;
}
