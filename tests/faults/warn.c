// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Complains of itself. */
static int bad_init(void)
{
	ready();
	WARN(1, "bad: this should not happen\n"); /* HERE */
	return 0;
}
