// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Calls data. */
static char bytes[16] = {0xc3};

static int bad_init(void)
{
	ready();
	return ((int (*)(void))hidden((void *)bytes))();
}
