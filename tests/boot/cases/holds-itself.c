// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes a reference to itself. */
static int bad_init(void)
{
	ready();
	return try_module_get(THIS_MODULE) ? 0 : -ENODEV;
}
