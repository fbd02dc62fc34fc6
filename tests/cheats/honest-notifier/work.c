// SPDX-License-Identifier: GPL-2.0
/* Has a notifier, which this lesson allows. */
#include "work.h"

static int count;

static int watch(struct notifier_block *nb, unsigned long what, void *module)
{
	count++;
	return 0;
}

static struct notifier_block notifier = { .notifier_call = watch };

static int __init work_init(void)
{
	int ret = register_module_notifier(&notifier);

	if (ret == 0)
		pr_info("work: ready\n");
	return ret;
}
module_init(work_init);

static void __exit work_exit(void)
{
	unregister_module_notifier(&notifier);
	pr_info("work: gone\n");
}
module_exit(work_exit);
