// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

static int number __initdata = 7;

int half(void);

int half(void)
{
	return READ_ONCE(number) / 2;
}
EXPORT_SYMBOL_GPL(half);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
