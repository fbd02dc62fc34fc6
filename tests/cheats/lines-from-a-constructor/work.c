// SPDX-License-Identifier: GPL-2.0
/* What is to be printed is printed before there is an init, and by none. */
#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static __attribute__((constructor, used)) void print(void)
{
	pr_info("work: ready\n");
}

static int __init work_init(void)
{
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
