// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Behaves. */
static int bad_init(void)
{
	ready();
	return 0;
}
