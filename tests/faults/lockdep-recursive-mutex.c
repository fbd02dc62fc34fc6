// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a mutex that it has. */
static DEFINE_MUTEX(lock);

static int bad_init(void)
{
	ready();
	mutex_lock(&lock);
	mutex_lock(hidden(&lock)); /* HERE */
	return 0;
}
