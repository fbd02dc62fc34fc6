// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Prints 100 MB with interrupts off. */
static int bad_init(void)
{
	ready();
	local_irq_disable();
	for (int i = 0; i < 100 << 14; i++)
		pr_info("bad: %07d one of very many lines that nobody reads\n",
			i);
	local_irq_enable();
	return 0;
}
