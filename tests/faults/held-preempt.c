// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Leaves with preemption off. */
static int bad_init(void)
{
	ready();
	preempt_disable();
	return 0;
}
