// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Drops a reference that it does not have. */
static refcount_t count;

static int bad_init(void)
{
	ready();
	refcount_set(&count, 0);
	return refcount_dec_and_test(&count) ? -EINVAL : 0; /* HERE */
}
