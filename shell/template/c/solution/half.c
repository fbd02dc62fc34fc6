// SPDX-License-Identifier: GPL-2.0
/* REPLACE: this module, by the one that your lesson is about. */
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
	/* REPLACE: what stands between these markers, the learner writes. */
	// BEGIN SOLUTION
	if (n < 0 || n % 2)
		return -EINVAL;
	return n / 2;
	// STUB
	// /* TODO: half of n, or -EINVAL where there is none */
	// return -EOPNOTSUPP;
	// END SOLUTION
}
EXPORT_SYMBOL_GPL(half_of);

static int __init half_init(void)
{
	int half = half_of(number);

	if (half < 0)
		return half;
	pr_info("half of %d is %d\n", number, half);
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
