// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Follows an address of user space. */
static int bad_init(void)
{
	ready();
	return *(volatile int *)hidden(0x400000UL) == 1; /* HERE */
}
