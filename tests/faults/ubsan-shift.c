// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Shifts by more than there are bits. */
static int bad_init(void)
{
	ready();
	return hidden(1) << hidden(40) == 3; /* HERE */
}
