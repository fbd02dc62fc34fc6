// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Unlocks what is not locked. */
static DEFINE_MUTEX(lock);

static int bad_init(void)
{
	ready();
	mutex_unlock(&lock); /* HERE */
	return 0;
}
