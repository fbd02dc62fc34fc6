// SPDX-License-Identifier: GPL-2.0
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/module.h>

#include "limit.h"

static_assert(sizeof(struct limit) == 4);

int work_limit(void)
{
	struct limit l = { .value = LIMIT };

	return work_value(&l);
}
EXPORT_SYMBOL_GPL(work_limit);

static int __init work_init(void)
{
	pr_info("limits: the limit is %d\n", work_limit());
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
}
module_exit(work_exit);

MODULE_DESCRIPTION("A limit");
MODULE_LICENSE("GPL");
