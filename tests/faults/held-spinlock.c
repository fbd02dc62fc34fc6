// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Leaves with a spinlock locked. */
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	ready();
	spin_lock(&lock);
	return 0;
}
