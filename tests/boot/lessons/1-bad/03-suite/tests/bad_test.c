// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/module.h>

int bad_answer(int question);

static void doubles(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, bad_answer(21), 42);
}

static void nothing_stays_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, bad_answer(0), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(doubles),
	KUNIT_CASE(nothing_stays_nothing),
	{}
};

static struct kunit_suite suite = {
	.name = "bad_answers",
	.test_cases = cases,
};
kunit_test_suite(suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of a module that misbehaves");
MODULE_LICENSE("GPL");
