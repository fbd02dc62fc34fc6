// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/gfp.h>

/* Reads a page that it has given back. */
static int bad_init(void)
{
	ready();
	char *p = (char *)__get_free_page(GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	free_page((unsigned long)p);
	return *(volatile char *)hidden(p) == 1; /* HERE */
}
