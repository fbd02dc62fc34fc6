// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Does four things wrong, one after the other. */
static refcount_t count = REFCOUNT_INIT(1);

static noinline void past_the_end(void)
{
	char *p = kmalloc(hidden(13), GFP_KERNEL);

	if (p)
		p[hidden(13)] = 1;
	kfree(p);
}

static int bad_init(void)
{
	ready();
	WARN_ON(hidden(7) > 3); /* HERE */
	WARN(hidden(7) > 3, "bad: the index is %d\n", 7);
	past_the_end();
	refcount_dec(hidden(&count));
	return 0;
}
