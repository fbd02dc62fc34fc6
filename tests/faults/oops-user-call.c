// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Calls an address of user space. */
static int bad_init(void)
{
	ready();
	return ((int (*)(void))hidden(0x400000UL))();
}
