// SPDX-License-Identifier: GPL-2.0
#include <linux/init.h>
#include <linux/module.h>

static int number;
module_param(number, int, 0444);

static int __init half_init(void)
{
	if (number < 0)
		return -EINVAL;
	pr_info("half of %d is %d\n", number, number - 2);
	return 0;
}
module_init(half_init);

static void __exit half_exit(void)
{
}
module_exit(half_exit);

MODULE_DESCRIPTION("Half a number");
MODULE_LICENSE("GPL");
