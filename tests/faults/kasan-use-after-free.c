// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads what it has given back. */
static noinline int give_and_take(void)
{
	int *p = kmalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	kfree(p);
	return *(volatile int *)hidden(p); /* HERE */
}

static int bad_init(void)
{
	ready();
	return give_and_take() == 1;
}
