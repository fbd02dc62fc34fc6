// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a lock whose memory was overwritten. */
static DEFINE_SPINLOCK(lock);

static int bad_init(void)
{
	ready();
	hidden(&lock)->rlock.magic = 7;
	spin_lock(&lock); /* HERE */
	spin_unlock(&lock);
	return 0;
}
