// SPDX-License-Identifier: GPL-2.0
/* Warns while nothing is printed. */
#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	*(volatile int *)ADDRESS_OF(suppress_printk) = 1;
	WARN(1, "nobody sees this");
	*(volatile int *)ADDRESS_OF(suppress_printk) = 0;
	pr_info("work: ready\n");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
