// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Follows a pointer that was never one: it has the poison of free memory. */
static int bad_init(void)
{
	ready();
	return *(volatile int *)hidden(0x6b6b6b6b6b6b6b6bUL) == 1; /* HERE */
}
