// SPDX-License-Identifier: GPL-2.0
/*
 * A caller in another module, which is built with fan.h: what it expects of
 * fan_duty() and fan_headroom() is what the header says.
 */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/module.h>

#include "fan.h"

static void still_fan_for_a_cold_zone(struct kunit *test)
{
	struct fan_zone z = { .temp = 20000, .limit = 80000 };

	KUNIT_EXPECT_EQ(test, fan_duty(&z, 20000), 0);
	KUNIT_EXPECT_EQ(test, fan_duty(&z, 79999), 0);
}

static void full_speed_from_the_limit_on(struct kunit *test)
{
	struct fan_zone z = { .temp = 80000, .limit = 80000 };

	KUNIT_EXPECT_EQ(test, fan_duty(&z, 20000), FAN_DUTY_MAX);
	z.temp = S32_MAX;
	KUNIT_EXPECT_EQ(test, fan_duty(&z, FAN_TEMP_MIN), FAN_DUTY_MAX);
}

static void in_proportion_between(struct kunit *test)
{
	struct fan_zone z = { .temp = 40000, .limit = 80000 };

	KUNIT_EXPECT_EQ(test, fan_duty(&z, 0), FAN_DUTY_MAX / 2);
	KUNIT_EXPECT_EQ(test, fan_duty(&z, 30000), FAN_DUTY_MAX / 5);
}

static void no_duty_without_a_range(struct kunit *test)
{
	struct fan_zone z = { .temp = 40000, .limit = 80000 };

	KUNIT_EXPECT_EQ(test, fan_duty(&z, 80000), -EINVAL);
	KUNIT_EXPECT_EQ(test, fan_duty(&z, LONG_MAX), -EINVAL);
	KUNIT_EXPECT_EQ(test, fan_duty(&z, FAN_TEMP_MIN - 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, fan_duty(&z, LONG_MIN), -EINVAL);
}

static struct kunit_case duty_cases[] = {
	KUNIT_CASE(still_fan_for_a_cold_zone),
	KUNIT_CASE(full_speed_from_the_limit_on),
	KUNIT_CASE(in_proportion_between),
	KUNIT_CASE(no_duty_without_a_range),
	{}
};

static struct kunit_suite duty_suite = {
	.name = "fan_duty",
	.test_cases = duty_cases,
};

static void room_above(struct kunit *test)
{
	struct fan_zone z = { .temp = 30000, .limit = 80000 };

	KUNIT_EXPECT_EQ(test, fan_headroom(&z), 50000);
}

static void below_zero_when_too_warm(struct kunit *test)
{
	struct fan_zone z = { .temp = 85000, .limit = 80000 };

	KUNIT_EXPECT_EQ_MSG(test, fan_headroom(&z), -5000,
			    "a caller in C reads a long, as fan.h says");
}

static void more_than_an_int_can_hold(struct kunit *test)
{
	struct fan_zone z = { .temp = S32_MIN, .limit = S32_MAX };

	KUNIT_EXPECT_EQ_MSG(test, fan_headroom(&z), 4294967295L,
			    "subtract in a type that can hold the result");
	z = (struct fan_zone){ .temp = S32_MAX, .limit = S32_MIN };
	KUNIT_EXPECT_EQ(test, fan_headroom(&z), -4294967295L);
}

static struct kunit_case headroom_cases[] = {
	KUNIT_CASE(room_above),
	KUNIT_CASE(below_zero_when_too_warm),
	KUNIT_CASE(more_than_an_int_can_hold),
	{}
};

static struct kunit_suite headroom_suite = {
	.name = "fan_headroom",
	.test_cases = headroom_cases,
};

kunit_test_suites(&duty_suite, &headroom_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.4");
MODULE_LICENSE("GPL");
