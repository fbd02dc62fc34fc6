// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

int x_half(int n);

static int __init m_init(void)
{
	return x_half(4) == 2 ? 0 : -EINVAL;
}
module_init(m_init);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
