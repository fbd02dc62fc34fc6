// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Indexes an array with what its type does not allow. */
static int table[4];

static int bad_init(void)
{
	ready();
	return table[hidden(-1)] == 7; /* HERE */
}
