// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Shifts by less than nothing. */
static int bad_init(void)
{
	ready();
	return hidden(1) << hidden(-1) == 3; /* HERE */
}
