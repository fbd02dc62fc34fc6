// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/timer.h>

/* Is gone when its timer goes off, which it has allocated. */
static void tick(struct timer_list *timer)
{
	mod_timer(timer, jiffies + HZ / 5);
}

static int bad_init(void)
{
	ready();
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return -ENOMEM;
	timer_setup(timer, tick, 0);
	mod_timer(timer, jiffies + HZ / 5);
	return 0;
}
