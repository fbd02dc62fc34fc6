// SPDX-License-Identifier: GPL-2.0
/*
 * Counts what the panel does to the count of a meter.
 *
 * Each test has references of its own to its meters, more than any answer
 * puts by mistake, so that a put too many shows as a wrong number rather than
 * as a freed meter. settle() sets right what was wrong, so that one mistake
 * fails where it was made.
 */
#include <kunit/test.h>
#include <linux/module.h>

#include "meter.h"
#include "panel.h"

#define BALLAST	8
#define AT_REST	(1 + BALLAST)	/* the table's, and ours */

static void settle(struct meter *m, int more)
{
	while (meter_refs(m) < AT_REST + more)
		meter_get(m);
	while (meter_refs(m) > AT_REST + more)
		meter_put(m);
}

static void scrap(void *data)
{
	struct meter *m = data;
	struct meter *old;

	settle(m, 2);	/* for the panel and for the main meter, if need be */
	panel_clear();
	old = meter_set_main(NULL);
	if (old)
		meter_put(old);

	settle(m, 1 - BALLAST);	/* the table's, and one of ours */
	meter_remove(meter_id(m));
	meter_put(m);
}

static struct meter *new_meter(struct kunit *test, unsigned int id)
{
	struct meter *m;

	KUNIT_ASSERT_EQ(test, meter_add(id, id * 10), 0);
	m = meter_find(id);
	KUNIT_ASSERT_NOT_NULL(test, m);
	settle(m, 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, scrap, m), 0);
	return m;
}

/* How many references there are beside the table's and ours. */
static int added(struct meter *m)
{
	return (int)meter_refs(m) - AT_REST;
}

#define EXPECT_ADDED(test, m, n, msg)				\
	do {							\
		KUNIT_EXPECT_EQ_MSG(test, added(m), n, msg);	\
		settle(m, n);					\
	} while (0)

static void find_brings_one_reference(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	KUNIT_EXPECT_EQ(test, panel_show(1001), 0);
	EXPECT_ADDED(test, m, 1,
		     "meter_find() took a reference for the panel: find() must neither take another nor put it");
}

static void drop_puts_it(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	KUNIT_ASSERT_EQ(test, panel_show(1001), 0);
	settle(m, 1);
	panel_clear();
	EXPECT_ADDED(test, m, 0,
		     "the panel's ARef was dropped: dec_ref() must put one reference");
}

static void clone_takes_one(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	KUNIT_ASSERT_EQ(test, panel_show(1001), 0);
	settle(m, 1);
	KUNIT_EXPECT_EQ(test, panel_litres(), 10010);
	EXPECT_ADDED(test, m, 1,
		     "panel_litres() clones the ARef and drops the clone: inc_ref() must take what dec_ref() puts");
}

static void next_one_replaces_it(struct kunit *test)
{
	struct meter *a = new_meter(test, 1001);
	struct meter *b = new_meter(test, 1002);

	KUNIT_ASSERT_EQ(test, panel_show(1001), 0);
	settle(a, 1);
	KUNIT_ASSERT_EQ(test, panel_show(1002), 0);
	EXPECT_ADDED(test, a, 0, "meter 1001 is no longer shown");
	EXPECT_ADDED(test, b, 1, "meter 1002 is shown");
	KUNIT_EXPECT_EQ(test, panel_litres(), 10020);
}

static void unknown_is_enoent(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	KUNIT_ASSERT_EQ(test, panel_show(1001), 0);
	settle(m, 1);
	KUNIT_EXPECT_EQ_MSG(test, panel_show(7), -ENOENT,
			    "meter_find(7) returns NULL: find() must return None");
	EXPECT_ADDED(test, m, 1, "the panel still shows meter 1001");
}

static struct kunit_case found_cases[] = {
	KUNIT_CASE(find_brings_one_reference),
	KUNIT_CASE(drop_puts_it),
	KUNIT_CASE(clone_takes_one),
	KUNIT_CASE(next_one_replaces_it),
	KUNIT_CASE(unknown_is_enoent),
	{}
};

static struct kunit_suite found_suite = {
	.name = "meters_found",
	.test_cases = found_cases,
};

static void lent_needs_one_of_our_own(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	panel_alarm(m);
	EXPECT_ADDED(test, m, 1,
		     "panel_alarm() was only lent the meter, and keeps it: keep() must get one reference, which ARef::from() does by inc_ref()");
	KUNIT_EXPECT_EQ_MSG(test, panel_litres(), 10010,
			    "the panel must show the meter that the alarm is for");
	settle(m, 1);
	panel_clear();
	EXPECT_ADDED(test, m, 0,
		     "the panel is dark again: only the reference that keep() took may be put");
}

static void lent_twice(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	panel_alarm(m);
	settle(m, 1);
	panel_alarm(m);
	EXPECT_ADDED(test, m, 1,
		     "the same meter was lent again: one reference for the new ARef, and the old one's is put");
}

static void lent_nothing(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);

	panel_alarm(m);
	settle(m, 1);
	panel_alarm(NULL);
	EXPECT_ADDED(test, m, 0, "the alarm is over: keep() must return None for NULL");
	KUNIT_EXPECT_EQ(test, panel_litres(), -ENODATA);
}

static struct kunit_case lent_cases[] = {
	KUNIT_CASE(lent_needs_one_of_our_own),
	KUNIT_CASE(lent_twice),
	KUNIT_CASE(lent_nothing),
	{}
};

static struct kunit_suite lent_suite = {
	.name = "meters_lent",
	.test_cases = lent_cases,
};

static void given_away_is_not_put(struct kunit *test)
{
	struct meter *m = new_meter(test, 1001);
	struct meter *now;

	KUNIT_ASSERT_EQ(test, panel_show(1001), 0);
	settle(m, 1);
	KUNIT_EXPECT_EQ(test, panel_promote(), 0);
	EXPECT_ADDED(test, m, 1,
		     "the panel's reference went to meter_set_main(): set_main() must neither put it nor take another");
	KUNIT_EXPECT_EQ(test, panel_litres(), -ENODATA);

	now = meter_set_main(NULL);
	KUNIT_EXPECT_PTR_EQ_MSG(test, now, m, "meter 1001 must be the main one now");
	if (now)
		meter_put(now);
}

static void previous_comes_back(struct kunit *test)
{
	struct meter *a = new_meter(test, 1001);
	struct meter *b = new_meter(test, 1002);

	meter_get(a);
	KUNIT_ASSERT_NULL(test, meter_set_main(a));
	KUNIT_ASSERT_EQ(test, panel_show(1002), 0);
	settle(b, 1);

	KUNIT_EXPECT_EQ(test, panel_promote(), 0);
	EXPECT_ADDED(test, a, 1,
		     "meter_set_main() gave meter 1001 back with its reference: that one goes into the ARef");
	KUNIT_EXPECT_EQ_MSG(test, panel_litres(), 10010,
			    "set_main() must return the previous main meter, 1001");
	settle(a, 1);
	panel_clear();
	EXPECT_ADDED(test, a, 0, "meter 1001 is neither shown nor the main one any more");
	EXPECT_ADDED(test, b, 1, "meter 1002 is the main one");
}

static struct kunit_case given_cases[] = {
	KUNIT_CASE(given_away_is_not_put),
	KUNIT_CASE(previous_comes_back),
	{}
};

static struct kunit_suite given_suite = {
	.name = "meters_given",
	.test_cases = given_cases,
};

/*
 * The real thing: the panel's reference is the only one. Goes on only if the
 * numbers are right, for otherwise something freed would be used.
 */
static void lives_while_shown(struct kunit *test)
{
	unsigned int alive = meters_alive();
	struct meter *m;

	KUNIT_ASSERT_EQ(test, meter_add(1003, 77), 0);
	m = meter_find(1003);
	panel_show(1003);
	panel_litres();
	if (meter_refs(m) != 3) {
		KUNIT_FAIL(test,
			   "the table, the test and the panel have a reference each, but there are %u: mend the other checks first",
			   meter_refs(m));
		settle(m, 3 - AT_REST);
		panel_clear();
		settle(m, 2 - AT_REST);
	}

	meter_remove(1003);
	meter_put(m);
	if (test->status == KUNIT_FAILURE)
		return;

	KUNIT_ASSERT_EQ_MSG(test, meters_alive(), alive + 1,
			    "the panel's reference must keep a meter alive that is off the table");
	KUNIT_EXPECT_EQ(test, panel_litres(), 77);
	panel_clear();
	KUNIT_EXPECT_EQ_MSG(test, meters_alive(), alive,
			    "nobody has a reference any more: the meter must be freed");
}

static struct kunit_case life_cases[] = {
	KUNIT_CASE(lives_while_shown),
	{}
};

static struct kunit_suite life_suite = {
	.name = "meters_life",
	.test_cases = life_cases,
};

kunit_test_suites(&found_suite, &lent_suite, &given_suite, &life_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.10");
MODULE_LICENSE("GPL");
