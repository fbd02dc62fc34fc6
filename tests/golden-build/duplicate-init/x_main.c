// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

static int __init x_init(void)
{
	return 0;
}
module_init(x_init);

static void __exit x_exit(void)
{
}
module_exit(x_exit);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
