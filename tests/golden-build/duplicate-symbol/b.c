// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

int half(int n);

int half(int n)
{
	return n / 2;
}

