// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Refuses to load. */
static int bad_init(void)
{
	ready();
	return -ENODEV;
}
