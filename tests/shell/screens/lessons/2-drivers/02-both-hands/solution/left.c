// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

int sum3(int a, int b, int c);

noinline int sum3(int a, int b, int c)
{
	return a + b + c;
}

static int __init left_init(void)
{
	pr_info("%d\n", sum3(1, 2, 3));
	return 0;
}
module_init(left_init);

static void __exit left_exit(void)
{
}
module_exit(left_exit);

MODULE_DESCRIPTION("The left hand, in C");
MODULE_LICENSE("GPL");
