// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a spinlock that it has. */
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	ready();
	spin_lock(&lock);
	spin_lock(hidden(&lock)); /* HERE */
	return 0;
}
