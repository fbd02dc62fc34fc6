// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Dies with a mutex and a spinlock held. */
static DEFINE_MUTEX(outer);
static DEFINE_SPINLOCK(inner);

static int bad_init(void)
{
	ready();
	mutex_lock(&outer);
	spin_lock(&inner);
	*hidden((int *)NULL) = 1; /* HERE */
	spin_unlock(&inner);
	mutex_unlock(&outer);
	return 0;
}
