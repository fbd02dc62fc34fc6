// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

void gauge_look(void);

static int __init gauge_init(void)
{
	gauge_look();
	return 0;
}
module_init(gauge_init);

static void __exit gauge_exit(void)
{
}
module_exit(gauge_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A function of the kernel, and another of that name");
MODULE_LICENSE("GPL");
