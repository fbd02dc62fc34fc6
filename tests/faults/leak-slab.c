// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Gives nothing back. */
static noinline void *get(void)
{
	return kmalloc(64, GFP_KERNEL); /* HERE */
}

static int bad_init(void)
{
	ready();
	for (int i = 0; i < hidden(3); i++)
		if (!get())
			return -ENOMEM;
	return 0;
}
