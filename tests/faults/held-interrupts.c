// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Leaves with interrupts off. */
static int bad_init(void)
{
	ready();
	local_irq_disable();
	return 0;
}
