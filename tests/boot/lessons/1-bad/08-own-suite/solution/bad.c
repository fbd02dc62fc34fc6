// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

static int bad_init(void)
{
	ready();
	return 0;
}
