// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads a bool that is neither true nor false. */
static unsigned char byte = 7;

static int bad_init(void)
{
	ready();
	return *(volatile bool *)hidden((bool *)&byte) ? 0 : -EINVAL; /* HERE */
}
