// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Sleeps with a spinlock held. */
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	ready();
	spin_lock(&lock);
	msleep(1); /* HERE */
	spin_unlock(&lock);
	return 0;
}
