// SPDX-License-Identifier: GPL-2.0
/*
 * A caller in another module. What it expects it takes from gauge.h, whatever
 * chip that is for, and so by C's own reading of the macros.
 */
#include <kunit/test.h>
#include <linux/module.h>

#include "gauge.h"

static const u16 raws[] = { 0, 1, 2, 300, GAUGE_FULL_RAW / 2, GAUGE_FULL_RAW };

static void every_reading_in_mv(struct kunit *test)
{
	for (int i = 0; i < ARRAY_SIZE(raws); i++) {
		u16 word = GAUGE_WORD(raws[i]);
		int mv = gauge_mv(word);

		KUNIT_EXPECT_EQ_MSG(test, gauge_read(&word), mv,
				    "gauge_mv() in gauge.h gives %d for a raw %d",
				    mv, raws[i]);
	}
}

static void full_scale(struct kunit *test)
{
	u16 word = GAUGE_WORD(GAUGE_FULL_RAW);

	KUNIT_EXPECT_EQ(test, gauge_read(&word), GAUGE_FULL_MV);
}

static void mean_of_three(struct kunit *test)
{
	u16 words[] = { GAUGE_WORD(100), GAUGE_WORD(200), GAUGE_WORD(1000) };
	int mean = (gauge_mv(words[0]) + gauge_mv(words[1]) +
		    gauge_mv(words[2])) / 3;

	KUNIT_EXPECT_EQ(test, gauge_mean(words, 3), mean);
}

static struct kunit_case scale_cases[] = {
	KUNIT_CASE(every_reading_in_mv),
	KUNIT_CASE(full_scale),
	KUNIT_CASE(mean_of_three),
	{}
};

static struct kunit_suite scale_suite = {
	.name = "gauge_scale",
	.test_cases = scale_cases,
};

/* Neither a reading nor a mark that there is one. */
static u16 stale_word(void)
{
	u16 word = GAUGE_WORD(300);

	gauge_take(&word);
	return word;
}

static void no_word_is_read_twice(struct kunit *test)
{
	u16 word = GAUGE_WORD(300), taken = GAUGE_WORD(300);

	gauge_take(&taken);
	KUNIT_EXPECT_EQ(test, gauge_read(&word), gauge_mv(GAUGE_WORD(300)));
	KUNIT_EXPECT_EQ_MSG(test, word, taken,
			    "the word, after gauge_take() of gauge.h was to mark it as used");
	KUNIT_EXPECT_EQ(test, gauge_read(&word), -EAGAIN);
}

static void a_stale_word_is_left_alone(struct kunit *test)
{
	u16 word = stale_word();

	KUNIT_EXPECT_EQ(test, gauge_read(&word), -EAGAIN);
	KUNIT_EXPECT_EQ(test, word, stale_word());
}

static void mean_of_the_fresh_ones(struct kunit *test)
{
	u16 words[] = { stale_word(), GAUGE_WORD(200), stale_word() };

	KUNIT_EXPECT_EQ(test, gauge_mean(words, 3), gauge_mv(GAUGE_WORD(200)));
	KUNIT_EXPECT_EQ(test, gauge_mean(words, 3), -EAGAIN);
}

static struct kunit_case fresh_cases[] = {
	KUNIT_CASE(no_word_is_read_twice),
	KUNIT_CASE(a_stale_word_is_left_alone),
	KUNIT_CASE(mean_of_the_fresh_ones),
	{}
};

static struct kunit_suite fresh_suite = {
	.name = "gauge_fresh",
	.test_cases = fresh_cases,
};

kunit_test_suites(&scale_suite, &fresh_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.5");
MODULE_LICENSE("GPL");
