// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

static int __init x_init(void)
{
	void *p = kmalloc(8, GFP_KERNEL);

	kfree(p);
	return 0;
}
module_init(x_init);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
