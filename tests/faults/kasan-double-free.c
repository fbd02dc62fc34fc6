// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Gives the same back twice. */
static int bad_init(void)
{
	ready();
	void *p = kmalloc(40, GFP_KERNEL);

	kfree(p);
	kfree(hidden(p)); /* HERE */
	return 0;
}
