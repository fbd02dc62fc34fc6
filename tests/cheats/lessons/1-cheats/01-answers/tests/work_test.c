// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "work.h"

static void doubles(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, work_answer(21), 42);
	KUNIT_EXPECT_EQ(test, work_answer(-7), -14);
}

static void nothing_stays_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, work_answer(0), 0);
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
