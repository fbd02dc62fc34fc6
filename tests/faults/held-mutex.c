// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Leaves with a mutex locked. */
static DEFINE_MUTEX(lock);

static int bad_init(void)
{
	ready();
	mutex_lock(&lock); /* HERE */
	return 0;
}
