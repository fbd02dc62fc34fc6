// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <kunit/test.h>

/* Tests itself, and passes. */
static void adds(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hidden(2) + 2, 4);
}

static void doubles(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hidden(2) * 2, 4);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(adds),
	KUNIT_CASE(doubles),
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
