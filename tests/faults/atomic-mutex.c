// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a mutex with a spinlock held. */
static DEFINE_SPINLOCK(spin);
static DEFINE_MUTEX(mutex);

static int bad_init(void)
{
	ready();
	spin_lock(&spin);
	mutex_lock(&mutex); /* HERE */
	mutex_unlock(&mutex);
	spin_unlock(&spin);
	return 0;
}
