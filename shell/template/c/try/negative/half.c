// SPDX-License-Identifier: GPL-2.0
/* REPLACE: the experiment: the log answers the question. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "half.h"

static int number = 6;
module_param(number, int, 0444);
MODULE_PARM_DESC(number, "The number to halve");

int half_of(int n)
{
	if (n < 0 || n % 2)
		return -EINVAL;
	return n / 2;
}
EXPORT_SYMBOL_GPL(half_of);

static int __init half_init(void)
{
	pr_info("half_of(-6) is %d\n", half_of(-6));
	return 0;
}
module_init(half_init);

static void __exit half_exit(void)
{
}
module_exit(half_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Half a number");
MODULE_LICENSE("GPL");
