// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Sleeps for an hour, and cannot be killed. */
static int bad_init(void)
{
	ready();
	msleep(3600 * 1000); /* HERE */
	return 0;
}
