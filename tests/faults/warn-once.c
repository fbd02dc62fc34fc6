// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Meets it again and again, and is heard once. */
static noinline void meet(int i)
{
	WARN_ONCE(i >= 0, "bad: %d is not negative\n", i); /* HERE */
}

static int bad_init(void)
{
	ready();
	for (int i = 0; i < 5; i++)
		meet(hidden(i));
	return 0;
}
