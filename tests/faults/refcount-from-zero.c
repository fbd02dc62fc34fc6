// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a reference to what is being freed. */
static refcount_t count = REFCOUNT_INIT(1);

static int bad_init(void)
{
	ready();
	if (refcount_dec_and_test(hidden(&count)))
		refcount_inc(hidden(&count));
	return 0;
}
