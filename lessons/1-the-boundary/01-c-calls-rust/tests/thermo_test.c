// SPDX-License-Identifier: GPL-2.0
/*
 * What C gets when it calls the two functions in Rust, by way of thermo_get()
 * and thermo_alarm() in thermo_main.c.
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/string_choices.h>

#include "thermo.h"

struct reading {
	u16 reg;
	int millidegrees;
};

/* Each value is half as many degrees as its upper nine bits say. */
static const struct reading warm[] = {
	{ 0x0000, 0 },	      { 0x0080, 500 },	    { 0x0100, 1000 },
	{ 0x1900, 25000 },    { 0x3200, 50000 },    { 0x3280, 50500 },
	{ 0x7d00, 125000 },   { 0x7f80, 127500 },
};

static const struct reading cold[] = {
	{ 0xff80, -500 },     { 0xff00, -1000 },    { 0xe700, -25000 },
	{ 0xc900, -55000 },   { 0x8000, -128000 },
};

static void expect(struct kunit *test, const struct reading *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int got = thermo_get(r[i].reg);

		if (got != r[i].millidegrees)
			KUNIT_FAIL(test,
				   "thermo_from_reg(0x%04x) is %d; there are %d half degrees in it, so %d millidegrees",
				   r[i].reg, got, r[i].millidegrees / 500,
				   r[i].millidegrees);
	}
}

static void from_reg_above_zero(struct kunit *test)
{
	expect(test, warm, ARRAY_SIZE(warm));
}

static void from_reg_below_zero(struct kunit *test)
{
	expect(test, cold, ARRAY_SIZE(cold));
}

static struct kunit_case from_reg_cases[] = {
	KUNIT_CASE(from_reg_above_zero),
	KUNIT_CASE(from_reg_below_zero),
	{}
};

static struct kunit_suite from_reg_suite = {
	.name = "thermo_from_reg",
	.test_cases = from_reg_cases,
};

static void expect_hot(struct kunit *test, u16 reg, int limit, bool hot)
{
	bool got = thermo_alarm(reg, limit);

	if (got != hot)
		KUNIT_FAIL(test,
			   "thermo_too_hot(0x%04x, %d) is %s; it should be %s",
			   reg, limit, str_true_false(got),
			   str_true_false(hot));
}

static void too_hot_is_above_the_limit(struct kunit *test)
{
	expect_hot(test, 0x5080, 80000, true);
	expect_hot(test, 0x7f80, 80000, true);
	expect_hot(test, 0x0080, 499, true);
}

static void not_too_hot_below_the_limit(struct kunit *test)
{
	expect_hot(test, 0x4f80, 80000, false);
	expect_hot(test, 0x0000, 80000, false);
	expect_hot(test, 0x0080, 501, false);
}

static void not_too_hot_at_the_limit(struct kunit *test)
{
	expect_hot(test, 0x5000, 80000, false);
	expect_hot(test, 0x0000, 0, false);
}

static void too_hot_knows_below_zero(struct kunit *test)
{
	expect_hot(test, 0xff80, 0, false);
	expect_hot(test, 0x0000, -500, true);
	expect_hot(test, 0xff80, -501, true);
	expect_hot(test, 0xff80, -500, false);
}

static struct kunit_case too_hot_cases[] = {
	KUNIT_CASE(too_hot_is_above_the_limit),
	KUNIT_CASE(not_too_hot_below_the_limit),
	KUNIT_CASE(not_too_hot_at_the_limit),
	KUNIT_CASE(too_hot_knows_below_zero),
	{}
};

static struct kunit_suite too_hot_suite = {
	.name = "thermo_too_hot",
	.test_cases = too_hot_cases,
};

kunit_test_suites(&from_reg_suite, &too_hot_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.1");
MODULE_LICENSE("GPL");
