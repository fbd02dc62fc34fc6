// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/printk.h>

#include "convert.h"

void convert_who(void)
{
	pr_info("convert.c answers\n");
}
