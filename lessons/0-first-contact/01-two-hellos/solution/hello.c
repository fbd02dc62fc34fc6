// SPDX-License-Identifier: GPL-2.0
/*
 * The first of two hellos. It keeps one number for as long as it is loaded.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

static int number = 42;
module_param(number, int, 0);
MODULE_PARM_DESC(number, "The number to keep");

static int answer;

static int __init hello_init(void)
{
	answer = number;
	pr_info("loaded, the answer is %d\n", answer);
	return 0;
}
module_init(hello_init);

static void __exit hello_exit(void)
{
	pr_info("unloaded, the answer was %d\n", answer);
}
module_exit(hello_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("The first of two hellos, in C");
MODULE_LICENSE("GPL");
