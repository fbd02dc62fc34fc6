// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/module.h>

#include "limit.h"

static void is_the_headers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, work_limit(), LIMIT);
}

static struct kunit_case limit_cases[] = {
	KUNIT_CASE(is_the_headers),
	{}
};

static struct kunit_suite limit_suite = {
	.name = "limit",
	.test_cases = limit_cases,
};
kunit_test_suite(limit_suite);

MODULE_DESCRIPTION("Tests of a limit");
MODULE_LICENSE("GPL");
