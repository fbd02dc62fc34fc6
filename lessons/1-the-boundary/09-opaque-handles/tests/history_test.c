// SPDX-License-Identifier: GPL-2.0
/*
 * An owner in C. The station has two histories of its own while this runs.
 */
#include <kunit/test.h>
#include <linux/module.h>

#include "history.h"

static void it_adds_up(struct kunit *test)
{
	struct history *h = history_new(11, 8);

	KUNIT_ASSERT_NOT_NULL_MSG(test, h, "history_new(11, 8) must give a handle");
	KUNIT_EXPECT_EQ_MSG(test, history_sum(h), 0, "it is empty");
	KUNIT_EXPECT_EQ(test, history_add(h, 40), 0);
	KUNIT_EXPECT_EQ(test, history_add(h, 2), 0);
	KUNIT_EXPECT_EQ_MSG(test, history_sum(h), 42, "40 and 2 were added");
	KUNIT_EXPECT_EQ_MSG(test, history_sum(h), 42, "reading it must not change it");
	KUNIT_EXPECT_EQ(test, history_add(h, -50), 0);
	KUNIT_EXPECT_EQ_MSG(test, history_sum(h), -8, "40, 2 and -50 were added");
	history_free(h);
}

static void handles_are_apart(struct kunit *test)
{
	struct history *a = history_new(12, 8);
	struct history *b = history_new(13, 8);

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_EXPECT_EQ(test, history_add(a, 1), 0);
	KUNIT_EXPECT_EQ(test, history_add(b, 100), 0);
	KUNIT_EXPECT_EQ_MSG(test, history_sum(a), 1, "1 was added to this handle, 100 to another");
	history_free(a);
	KUNIT_EXPECT_EQ_MSG(test, history_sum(b), 100, "the other handle was freed, not this one");
	history_free(b);
}

static void it_is_large(struct kunit *test)
{
	struct history *h = history_new(14, 1000);

	KUNIT_ASSERT_NOT_NULL(test, h);
	for (int i = 0; i < 1000; i++)
		KUNIT_ASSERT_EQ(test, history_add(h, S32_MAX), 0);
	KUNIT_EXPECT_EQ_MSG(test, history_sum(h), 1000LL * S32_MAX,
			    "all 64 bits of the sum must reach C");
	history_free(h);
}

static struct kunit_case use_cases[] = {
	KUNIT_CASE(it_adds_up),
	KUNIT_CASE(handles_are_apart),
	KUNIT_CASE(it_is_large),
	{}
};

static struct kunit_suite use_suite = {
	.name = "history_uses",
	.test_cases = use_cases,
};

static void full_is_enospc(struct kunit *test)
{
	struct history *h = history_new(15, 1);

	KUNIT_ASSERT_NOT_NULL(test, h);
	KUNIT_EXPECT_EQ(test, history_add(h, 7), 0);
	KUNIT_EXPECT_EQ_MSG(test, history_add(h, 8), -ENOSPC,
			    "its limit is one value, and push() failed with ENOSPC");
	KUNIT_EXPECT_EQ_MSG(test, history_sum(h), 7, "after a failure it must still be there");
	history_free(h);
}

static void no_limit_is_null(struct kunit *test)
{
	KUNIT_EXPECT_NULL_MSG(test, history_new(16, 0),
			      "a limit of 0 is refused: for a pointer that is NULL");
}

static struct kunit_case error_cases[] = {
	KUNIT_CASE(full_is_enospc),
	KUNIT_CASE(no_limit_is_null),
	{}
};

static struct kunit_suite error_suite = {
	.name = "history_errors",
	.test_cases = error_cases,
};

static void it_lives_until_it_is_freed(struct kunit *test)
{
	int before = history_alive();
	struct history *h = history_new(17, 8);

	KUNIT_ASSERT_NOT_NULL(test, h);
	KUNIT_EXPECT_EQ_MSG(test, history_alive() - before, 1,
			    "histories alive after history_new(), more than before: this one");
	history_add(h, 1);
	KUNIT_EXPECT_EQ_MSG(test, history_alive() - before, 1,
			    "histories alive after history_add(), more than before: C still owns it");
	history_sum(h);
	KUNIT_EXPECT_EQ_MSG(test, history_alive() - before, 1,
			    "histories alive after history_sum(), more than before: C still owns it");
	history_free(h);
	KUNIT_EXPECT_EQ_MSG(test, history_alive() - before, 0,
			    "histories left after history_free(), more than before: it is to be dropped there");
}

static void to_free_null_is_nothing(struct kunit *test)
{
	int before = history_alive();

	history_free(NULL);
	KUNIT_EXPECT_EQ(test, history_alive(), before);
}

static struct kunit_case life_cases[] = {
	KUNIT_CASE(it_lives_until_it_is_freed),
	KUNIT_CASE(to_free_null_is_nothing),
	{}
};

static struct kunit_suite life_suite = {
	.name = "history_lives",
	.test_cases = life_cases,
};

kunit_test_suites(&use_suite, &error_suite, &life_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.9");
MODULE_LICENSE("GPL");
