// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes references until the counter is full. */
static refcount_t count = REFCOUNT_INIT(INT_MAX);

static int bad_init(void)
{
	ready();
	refcount_inc(hidden(&count));
	return 0;
}
