// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a lock that was never initialised. */
struct thing {
	spinlock_t lock;
};

static int bad_init(void)
{
	ready();
	struct thing *thing = kzalloc(sizeof(*thing), GFP_KERNEL);

	if (!thing)
		return -ENOMEM;
	spin_lock(&thing->lock); /* HERE */
	spin_unlock(&thing->lock);
	kfree(thing);
	return 0;
}
