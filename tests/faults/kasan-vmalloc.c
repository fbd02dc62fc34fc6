// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/vmalloc.h>

/* Writes past the last byte of a large buffer. */
static int bad_init(void)
{
	ready();
	char *p = vmalloc(hidden(10000));

	if (!p)
		return -ENOMEM;
	p[hidden(10000)] = 1; /* HERE */
	vfree(p);
	return 0;
}
