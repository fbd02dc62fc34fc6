// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <kunit/test.h>

/* Tests itself, where there is nothing to test. */
static void with_a_reason(struct kunit *test)
{
	kunit_skip(test, "no such device");
}

static void with_another(struct kunit *test)
{
	kunit_skip(test, "ok 1 - not a result");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(with_a_reason),
	KUNIT_CASE(with_another),
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
