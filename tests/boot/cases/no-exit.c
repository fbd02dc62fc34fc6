// SPDX-License-Identifier: GPL-2.0
#define OWN_EXIT
#include "bad.h"

/* Has an init and no exit: rmmod gives EBUSY. */
static int bad_init(void)
{
	ready();
	return 0;
}
