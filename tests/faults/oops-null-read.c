// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads through NULL where no compiler watches. */
static __no_sanitize_address noinline int first(const int *p)
{
	return READ_ONCE(*p); /* HERE */
}

static int bad_init(void)
{
	ready();
	return first(hidden((int *)NULL)) == 1;
}
