// SPDX-License-Identifier: GPL-2.0
/* One more module that uses the gauge. */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/module.h>

#include "gauge.h"

static void percents(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, gauge_percent(0, 40), 0);
	KUNIT_EXPECT_EQ(test, gauge_percent(30, 40), 75);
	KUNIT_EXPECT_EQ(test, gauge_percent(39999, 40000), 99);
	KUNIT_EXPECT_EQ(test, gauge_percent(40, 40), 100);
	KUNIT_EXPECT_EQ(test, gauge_percent(50, 40), 100);
	KUNIT_EXPECT_EQ_MSG(test, gauge_percent(U32_MAX / 2, U32_MAX), 49,
			    "all 32 bits of both numbers must arrive");
	KUNIT_EXPECT_EQ(test, gauge_percent(0, 0), 100);
}

static void calls_are_counted(struct kunit *test)
{
	u64 before = gauge_calls();

	gauge_percent(1, 2);
	gauge_percent(1, 2);
	KUNIT_EXPECT_EQ_MSG(test, gauge_calls(), before + 2,
			    "both modules ask the one gauge.ko, whose counter all calls count up");
}

static struct kunit_case gauge_cases[] = {
	KUNIT_CASE(percents),
	KUNIT_CASE(calls_are_counted),
	{}
};

static struct kunit_suite gauge_suite = {
	.name = "gauge",
	.test_cases = gauge_cases,
};

kunit_test_suite(gauge_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.12");
MODULE_LICENSE("GPL");
