// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes one byte past what it was given. */
static int bad_init(void)
{
	ready();
	char *p = kmalloc(hidden(13), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p[hidden(13)] = 1; /* HERE */
	kfree(p);
	return 0;
}
