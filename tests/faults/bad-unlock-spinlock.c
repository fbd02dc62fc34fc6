// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Unlocks twice. */
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	ready();
	spin_lock(&lock);
	spin_unlock(&lock);
	spin_unlock(hidden(&lock)); /* HERE */
	return 0;
}
