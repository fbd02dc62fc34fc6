// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a mutex while it is already on its way to sleep. */
static DEFINE_MUTEX(lock);

static int bad_init(void)
{
	ready();
	set_current_state(TASK_INTERRUPTIBLE);
	mutex_lock(&lock); /* HERE */
	mutex_unlock(&lock);
	__set_current_state(TASK_RUNNING);
	return 0;
}
