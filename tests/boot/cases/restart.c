// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Restarts the guest. */
static int bad_init(void)
{
	ready();
	emergency_restart();
	return 0;
}
