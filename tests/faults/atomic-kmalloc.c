// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Asks for memory that it may have to wait for, with interrupts off. */
static int bad_init(void)
{
	unsigned long flags;
	void *p;

	ready();
	local_irq_save(flags);
	p = kmalloc(40, GFP_KERNEL); /* HERE */
	local_irq_restore(flags);
	kfree(p);
	return 0;
}
