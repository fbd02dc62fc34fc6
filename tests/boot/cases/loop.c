// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Never returns; interrupts are on. */
static int bad_init(void)
{
	ready();
	for (;;) /* HERE */
		barrier(); /* HERE */
}
