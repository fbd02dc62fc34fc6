// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes to what is read-only. */
static const char word[] = "constant";

static int bad_init(void)
{
	ready();
	*(volatile char *)hidden((unsigned long)word) = 'C'; /* HERE */
	return 0;
}
