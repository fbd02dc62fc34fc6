// SPDX-License-Identifier: GPL-2.0
/* What survey.rs and acc.rs must do, seen through the door. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/module.h>

#include "door.h"

static const u32 none[1];
static const u32 few[] = { 120, 80, 200, 400, 95 };

static void longest_is_found_anywhere(struct kunit *test)
{
	static const u32 first[] = { 9, 3, 5 };
	static const u32 last[] = { 3, 5, 9 };
	static const u32 only[] = { 7 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_longest(few, ARRAY_SIZE(few)), 400,
			    "longest() of 120, 80, 200, 400, 95");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_longest(first, 3), 9,
			    "longest() of 9, 3, 5");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_longest(last, 3), 9,
			    "longest() of 3, 5, 9");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_longest(only, 1), 7,
			    "longest() of 7 alone");
}

static void longest_of_none_is_0(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_longest(none, 0), 0,
			    "longest() of no samples");
}

static void percent_counts_the_slow(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_slow_percent(few, 5, 150), 40,
			    "two of five samples are above 150: is the share in the variable that is returned?");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_slow_percent(few, 5, 10), 100,
			    "all five samples are above 10");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_slow_percent(few, 5, 1000), 0,
			    "no sample is above 1000");
}

static void percent_rounds_down(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_slow_percent(few, 3, 150), 33,
			    "one of three samples is above 150: multiply before you divide");
}

static void the_limit_is_not_slow(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_slow_percent(few, 5, 200), 20,
			    "only 400 is above 200; 200 itself is not");
}

static void percent_of_none_is_0(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_slow_percent(none, 0, 150), 0,
			    "slow_percent() of no samples");
}

static struct kunit_case survey_cases[] = {
	KUNIT_CASE(longest_is_found_anywhere),
	KUNIT_CASE(longest_of_none_is_0),
	KUNIT_CASE(percent_counts_the_slow),
	KUNIT_CASE(percent_rounds_down),
	KUNIT_CASE(the_limit_is_not_slow),
	KUNIT_CASE(percent_of_none_is_0),
	{}
};

static struct kunit_suite survey_suite = {
	.name = "stats_survey",
	.test_cases = survey_cases,
};

/* All three fields; @what says how we came there. */
static void expect_stats(struct kunit *test, const struct door_stats *s,
			 u32 count, u32 total, u32 longest, const char *what)
{
	KUNIT_EXPECT_EQ_MSG(test, s->count, count, "count %s", what);
	KUNIT_EXPECT_EQ_MSG(test, s->total, total, "total %s", what);
	KUNIT_EXPECT_EQ_MSG(test, s->longest, longest, "longest %s", what);
}

static void one_sample_counts(struct kunit *test)
{
	struct door_stats s = {};

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 70), 0,
			    "add(70) to no samples: 0 is Ok, anything else an errno");
	expect_stats(test, &s, 1, 70, 70, "after add(70) to no samples");
}

static void samples_add_up(struct kunit *test)
{
	struct door_stats s = { .count = 3, .total = 60, .longest = 30 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 7), 0, "add(7) to 3 samples");
	expect_stats(test, &s, 4, 67, 30, "after a sample below the longest");

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 31), 0, "add(31) to 4 samples");
	expect_stats(test, &s, 5, 98, 31, "after a sample above the longest");
}

static void a_table_adds_up(struct kunit *test)
{
	struct door_stats s = {};

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_of(few, ARRAY_SIZE(few), &s), 0,
			    "Stats::of(120, 80, 200, 400, 95)");
	expect_stats(test, &s, 5, 895, 400, "of 120, 80, 200, 400, 95");
}

static void each_table_starts_anew(struct kunit *test)
{
	struct door_stats s = {};

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_of(few, 2, &s), 0, "Stats::of(120, 80)");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_of(few, 1, &s), 0, "Stats::of(120)");
	expect_stats(test, &s, 1, 120, 120,
		     "of a second table: one Stats must know nothing of another");
}

static void mean_rounds_down(struct kunit *test)
{
	const struct door_stats s = { .count = 3, .total = 11, .longest = 9 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_mean(&s), 3,
			    "mean() of 3 samples with a total of 11");
}

static void mean_of_none_is_none(struct kunit *test)
{
	const struct door_stats s = {};

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_mean(&s), -1,
			    "mean() of no samples must be None, which is -1 here");
}

static struct kunit_case value_cases[] = {
	KUNIT_CASE(one_sample_counts),
	KUNIT_CASE(samples_add_up),
	KUNIT_CASE(a_table_adds_up),
	KUNIT_CASE(each_table_starts_anew),
	KUNIT_CASE(mean_rounds_down),
	KUNIT_CASE(mean_of_none_is_none),
	{}
};

static struct kunit_suite value_suite = {
	.name = "stats_values",
	.test_cases = value_cases,
};

static void total_may_reach_the_end(struct kunit *test)
{
	struct door_stats s = { .count = 1, .total = U32_MAX - 5, .longest = 9 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 5), 0,
			    "a total of 4294967295 still fits");
	expect_stats(test, &s, 2, U32_MAX, 9, "after a total that just fits");
}

static void total_does_not_fit(struct kunit *test)
{
	struct door_stats s = { .count = 1, .total = U32_MAX - 5, .longest = 9 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 6), -EOVERFLOW,
			    "a total of 4294967296 has no place in a u32: -75 is EOVERFLOW");
	expect_stats(test, &s, 1, U32_MAX - 5, 9,
		     "after EOVERFLOW: nothing may have changed");
}

static void total_far_too_large(struct kunit *test)
{
	struct door_stats s = { .count = 2, .total = 100, .longest = 60 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, U32_MAX), -EOVERFLOW,
			    "100 and 4294967295 have no place in a u32: -75 is EOVERFLOW");
	expect_stats(test, &s, 2, 100, 60,
		     "after EOVERFLOW: nothing may have changed");
	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 20), 0,
			    "a small sample after one that was refused");
	expect_stats(test, &s, 3, 120, 60, "after a small sample");
}

static void count_does_not_fit(struct kunit *test)
{
	struct door_stats s = { .count = U32_MAX, .total = 100, .longest = 1 };

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_add(&s, 7), -EOVERFLOW,
			    "one sample more than 4294967295: -75 is EOVERFLOW");
	expect_stats(test, &s, U32_MAX, 100, 1,
		     "after EOVERFLOW: nothing may have changed");
}

static void a_table_does_not_fit(struct kunit *test)
{
	static const u32 large[] = { 1, U32_MAX - 1, 1 };
	struct door_stats s = {};

	KUNIT_EXPECT_EQ_MSG(test, stats_rs_of(large, 3, &s), -EOVERFLOW,
			    "Stats::of(1, 4294967294, 1): -75 is EOVERFLOW");
}

static struct kunit_case overflow_cases[] = {
	KUNIT_CASE(total_may_reach_the_end),
	KUNIT_CASE(total_does_not_fit),
	KUNIT_CASE(total_far_too_large),
	KUNIT_CASE(count_does_not_fit),
	KUNIT_CASE(a_table_does_not_fit),
	{}
};

static struct kunit_suite overflow_suite = {
	.name = "stats_overflow",
	.test_cases = overflow_cases,
};

kunit_test_suites(&survey_suite, &value_suite, &overflow_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 0.2");
MODULE_LICENSE("GPL");
