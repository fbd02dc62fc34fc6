// SPDX-License-Identifier: GPL-2.0
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/types.h>

/* The kernel has, and exports, a function of this name. */
bool rust_helper_IS_ERR(const void *ptr)
{
	pr_info("gauge: this is the module's own IS_ERR\n");
	return IS_ERR(ptr);
}
