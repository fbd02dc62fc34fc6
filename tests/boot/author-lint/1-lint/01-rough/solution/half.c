// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

static int __init half_init(void)
{
	// BEGIN SOLUTION
	pr_info("half\n");
	// STUB
	// // TODO
	// END SOLUTION
	return 0 ;
}
module_init(half_init);

MODULE_DESCRIPTION("Half");
MODULE_LICENSE("GPL");
