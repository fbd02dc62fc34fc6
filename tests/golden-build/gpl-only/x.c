// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/workqueue.h>

static struct workqueue_struct *wq;

static int __init x_init(void)
{
	wq = alloc_workqueue("x", WQ_UNBOUND, 0);
	return wq ? 0 : -ENOMEM;
}
module_init(x_init);

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("Proprietary");
