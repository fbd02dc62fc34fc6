// SPDX-License-Identifier: GPL-2.0
/*
 * REPLACE: tests of what the learner writes. Ask what it does, not how it is
 * spelt: the answer in alt/ must pass as well.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/module.h>

#include "half.h"

static void even_numbers_have_a_half(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, half_of(0), 0);
	KUNIT_EXPECT_EQ(test, half_of(2), 1);
	KUNIT_EXPECT_EQ(test, half_of(INT_MAX - 1), INT_MAX / 2);
}

static void odd_numbers_have_none(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, half_of(1), -EINVAL);
	KUNIT_EXPECT_EQ(test, half_of(INT_MAX), -EINVAL);
}

static void negative_numbers_have_none(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, half_of(-2), -EINVAL);
	KUNIT_EXPECT_EQ(test, half_of(INT_MIN), -EINVAL);
}

static struct kunit_case half_cases[] = {
	KUNIT_CASE(even_numbers_have_a_half),
	KUNIT_CASE(odd_numbers_have_none),
	KUNIT_CASE(negative_numbers_have_none),
	{}
};

static struct kunit_suite half_suite = {
	.name = "half",
	.test_cases = half_cases,
};

kunit_test_suite(half_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of half_of()");
MODULE_LICENSE("GPL");
