// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

int half(int n)
{
	return n / 2;
}

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
