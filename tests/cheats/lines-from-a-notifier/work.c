// SPDX-License-Identifier: GPL-2.0
/* A notifier prints when modules come and go, whoever they are. */
#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int print(struct notifier_block *nb, unsigned long what, void *module)
{
	if (what == MODULE_STATE_GOING)
		pr_info("work: gone\n");
	return 0;
}

static struct notifier_block notifier = { .notifier_call = print };

static int __init work_init(void)
{
	pr_info("work: ready\n");
	return register_module_notifier(&notifier);
}
module_init(work_init);

static void __exit work_exit(void)
{
	unregister_module_notifier(&notifier);
}
module_exit(work_exit);
