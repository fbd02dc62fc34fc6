// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Gives the same back twice. */
static noinline int give_back_twice(void)
{
	void *p = kmalloc(40, GFP_KERNEL);

	kfree(p);
	kfree(hidden(p)); /* HERE */
	return 0;
}

static int bad_init(void)
{
	ready();
	return give_back_twice() == 1;
}
