// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads where the kernel has mapped nothing. */
static int bad_init(void)
{
	ready();
	return *(volatile int *)hidden(0xffffc10000001000UL) == 1; /* HERE */
}
