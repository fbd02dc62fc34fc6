// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads what it has given back. */
static int bad_init(void)
{
	ready();
	int *p = kmalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	kfree(p);
	return *(volatile int *)hidden(p) == 1; /* HERE */
}
