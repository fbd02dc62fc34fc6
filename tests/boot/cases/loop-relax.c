// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Spins politely, which all but stops the guest's clock. */
static int bad_init(void)
{
	ready();
	for (;;) /* HERE */
		cpu_relax(); /* HERE */
}
