// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Halts the guest. */
static int bad_init(void)
{
	ready();
	kernel_halt();
	return 0;
}
