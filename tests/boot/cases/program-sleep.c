// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Makes its test program go wrong: sleep. */
static char *mode = "sleep";
module_param(mode, charp, 0444);

static int bad_init(void)
{
	return 0;
}
