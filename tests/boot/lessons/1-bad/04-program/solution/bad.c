// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

static char *mode = "ok";
module_param(mode, charp, 0444);

static int bad_init(void)
{
	ready();
	return 0;
}
