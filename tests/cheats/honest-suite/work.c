// SPDX-License-Identifier: GPL-2.0
/* Brings a suite of its own, as a careful learner might. */
#include <kunit/test.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static void doubles(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, work_answer(4), 8);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(doubles),
	{}
};

static struct kunit_suite suite = {
	.name = "my_own",
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
