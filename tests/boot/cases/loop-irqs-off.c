// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Never returns, and nothing can interrupt it. */
static int bad_init(void)
{
	ready();
	local_irq_disable();
	for (;;) /* HERE */
		barrier(); /* HERE */
}
