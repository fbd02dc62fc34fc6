// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/dma-buf.h>

static int __init x_init(void)
{
	dma_buf_put(NULL);
	return 0;
}
module_init(x_init);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
