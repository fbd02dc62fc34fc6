// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads an int at the end of what has room for three and a half. */
static int bad_init(void)
{
	ready();
	int *p = kmalloc(hidden(14), GFP_KERNEL);
	int sum = 0;

	if (!p)
		return -ENOMEM;
	for (int i = 0; i < hidden(4); i++)
		sum += ((volatile int *)p)[i]; /* HERE */
	kfree(p);
	return sum == 1;
}
