// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes through NULL. */
static int bad_init(void)
{
	ready();
	*hidden((int *)NULL) = 1; /* HERE */
	return 0;
}
