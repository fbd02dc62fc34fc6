// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "gauge.h"

static int __init display_init(void)
{
	pr_info("lit\n");
	return 0;
}

static void __exit display_exit(void)
{
	pr_info("dark, at %u percent\n", gauge_percent(30, 40));
}

module_init(display_init);
module_exit(display_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Shows what gauge.ko says");
MODULE_LICENSE("GPL");
