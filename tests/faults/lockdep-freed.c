// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Gives back memory with a lock in it that is held. */
struct thing {
	struct mutex lock;
};

static int bad_init(void)
{
	ready();
	struct thing *thing = kmalloc(sizeof(*thing), GFP_KERNEL);

	if (!thing)
		return -ENOMEM;
	mutex_init(&thing->lock);
	mutex_lock(&thing->lock);
	kfree(thing); /* HERE */
	return 0;
}
