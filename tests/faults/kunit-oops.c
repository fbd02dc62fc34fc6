// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <kunit/test.h>

/* Dies in one of its tests. */
static void passes(struct kunit *test)
{
	KUNIT_SUCCEED(test);
}

static void dies(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, *hidden((int *)NULL), 1); /* HERE */
}

static struct kunit_case cases[] = {
	KUNIT_CASE(passes),
	KUNIT_CASE(dies),
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
