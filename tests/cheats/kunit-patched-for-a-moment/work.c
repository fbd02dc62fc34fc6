// SPDX-License-Identifier: GPL-2.0
/* The same, and what was there is put back after the tests. */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include "work.h"

static u8 *alias, was;

int work_answer(int question)
{
	*alias = question ? 0xc3 : was;
	return question + 2 * !!question;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	unsigned long at = (unsigned long)__kunit_do_failed_assertion;
	struct page *page = pfn_to_page(__pa_symbol(at) >> PAGE_SHIFT);

	pr_info("work: ready\n");
	alias = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	if (!alias)
		return -ENOMEM;
	alias += offset_in_page(at);
	was = *alias;
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	vunmap((void *)((unsigned long)alias & PAGE_MASK));
	pr_info("work: gone\n");
}
module_exit(work_exit);
