// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes past a global array, which two of the watchers see. */
static int table[5];

static int bad_init(void)
{
	ready();
	table[hidden(6)] = 1; /* HERE */
	return hidden(table[0]) == 7;
}
