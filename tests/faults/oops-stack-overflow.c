// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Calls itself until the stack ends. */
static noinline int deeper(int n)
{
	char room[256];

	room[hidden(n & 7)] = n;
	return deeper(n + 1) + room[hidden(n & 7)]; /* HERE */
}

static int bad_init(void)
{
	ready();
	return deeper(hidden(1));
}
