// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

int lib_half(int n);

static int __init use_init(void)
{
	return lib_half(4) == 2 ? 0 : -EINVAL;
}
module_init(use_init);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
