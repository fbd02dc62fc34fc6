// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Claims results at the top level. */
static int bad_init(void)
{
	ready();
	pr_info("TAP version 14\n");
	pr_info("1..2\n");
	pr_info("ok 1 - first\n");
	pr_info("ok 2 - second\n");
	return 0;
}
