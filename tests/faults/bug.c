// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Fails its own assertion. */
static noinline void must_be_small(int n)
{
	BUG_ON(n > 3); /* HERE */
}

static int bad_init(void)
{
	ready();
	must_be_small(hidden(7));
	return 0;
}
