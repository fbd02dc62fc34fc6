// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Shifts by more than there are bits. */
static noinline int bit(int n)
{
	return hidden(1) << n; /* HERE */
}

static int bad_init(void)
{
	ready();
	return bit(hidden(40)) == 3;
}
