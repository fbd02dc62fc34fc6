// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

static int __init number_init(void)
{
	// BEGIN SOLUTION
	pr_info("it is %d\n", 42);
	// STUB
	// pr_info("it is %d\n", 41); /* TODO: is it? */
	// END SOLUTION
	return 0;
}
module_init(number_init);

static void __exit number_exit(void)
{
}
module_exit(number_exit);

MODULE_DESCRIPTION("One number, told to the log");
MODULE_LICENSE("GPL");
