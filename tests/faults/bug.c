// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Fails its own assertion. */
static int bad_init(void)
{
	ready();
	BUG(); /* HERE */
	return 0;
}
