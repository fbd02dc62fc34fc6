// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads through NULL where no compiler watches. */
static noinline int first(const int *p)
{
	int n;

	asm volatile("movl (%1), %0" : "=r"(n) : "r"(p)); /* HERE */
	return n;
}

static int bad_init(void)
{
	ready();
	return first(hidden((int *)NULL)) == 1;
}
