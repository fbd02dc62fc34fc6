// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <kunit/test.h>

/* Fails one of its tests, and another for one of three parameters. */
static const int sizes[] = {1, 2, 3};
KUNIT_ARRAY_PARAM(sizes, sizes, NULL);

static void is_small(struct kunit *test)
{
	const int *size = test->param_value;

	KUNIT_EXPECT_LT(test, *size, 3);
}

static void adds(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, hidden(2) + 2, 5, "the sum is wrong");
}

static void passes(struct kunit *test)
{
	KUNIT_SUCCEED(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(is_small, sizes_gen_params),
	KUNIT_CASE(adds),
	KUNIT_CASE(passes),
	{}
};

static struct kunit_suite suite = {
	.name = "bad_suite",
	.test_cases = cases,
};
kunit_test_suite(suite);

static int bad_init(void)
{
	ready();
	return 0;
}
