// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Drops the last reference without asking whether it was. */
static refcount_t count = REFCOUNT_INIT(1);

static int bad_init(void)
{
	ready();
	refcount_dec(hidden(&count)); /* HERE */
	return 0;
}
