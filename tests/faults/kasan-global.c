// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads past a table among the globals. */
static int table[5] = {1, 2, 3, 4, 5};

static int bad_init(void)
{
	ready();
	return ((volatile int *)hidden(&table[0]))[hidden(6)] == 1; /* HERE */
}
