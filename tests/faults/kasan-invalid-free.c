// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Gives back a pointer into the middle of an object. */
static int bad_init(void)
{
	ready();
	char *p = kmalloc(64, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	kfree(hidden(p) + 8); /* HERE */
	return 0;
}
