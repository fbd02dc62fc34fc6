// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Makes a module of 3 GB. */
static char huge[3000000000ull] = { 1 };

static int bad_init(void)
{
	ready();
	return huge[hidden(5)];
}
