// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <stdio.h>

static int __init x_init(void)
{
	printf("hello\n");
	return 0;
}
module_init(x_init);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
