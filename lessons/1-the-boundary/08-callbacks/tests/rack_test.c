// SPDX-License-Identifier: GPL-2.0
/*
 * What a user of for_each() may rely on, seen through the door. The rack
 * counts by itself how often it has called the trampoline.
 */
#include <kunit/test.h>
#include <linux/module.h>

#include "door.h"
#include "sensors.h"

/* Each case begins with three sensors: 20, -7 and 50 degrees. */
static int three_sensors(struct kunit *test)
{
	for (unsigned int slot = 0; slot < RACK_SLOTS; slot++)
		rack_unplug(slot);

	rack_plug(1, 20);
	rack_plug(3, -7);
	rack_plug(7, 50);
	return 0;
}

static void unplug_all(void)
{
	for (unsigned int slot = 0; slot < RACK_SLOTS; slot++)
		rack_unplug(slot);
}

static void it_changes_what_is_around_it(struct kunit *test)
{
	int sum = 0;

	KUNIT_EXPECT_EQ(test, rack_sum(&sum), 0);
	KUNIT_EXPECT_EQ_MSG(test, sum, 63,
			    "the sensors have 20, -7 and 50 degrees, and the closure adds them up");
}

static void it_sees_all_in_their_order(struct kunit *test)
{
	int seen[3] = {};
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, rack_copy(seen, 3, &n), 0);
	KUNIT_EXPECT_EQ_MSG(test, n, 3, "there are three sensors");
	KUNIT_EXPECT_EQ(test, seen[0], 20);
	KUNIT_EXPECT_EQ(test, seen[1], -7);
	KUNIT_EXPECT_EQ(test, seen[2], 50);
}

static void it_is_called_once_for_each(struct kunit *test)
{
	unsigned int before = rack_visits();
	int sum = 0;

	rack_sum(&sum);
	KUNIT_EXPECT_EQ_MSG(test, rack_visits() - before, 3,
			    "calls of the trampoline, counted by the rack: one for each of three sensors");
}

static void it_keeps_what_is_its_own(struct kunit *test)
{
	unsigned int count = 0;

	KUNIT_EXPECT_EQ(test, rack_count(&count), 0);
	KUNIT_EXPECT_EQ_MSG(test, count, 3,
			    "visits, counted by the closure in a variable of its own: each must find the very same closure, not a copy of it");
}

static struct kunit_case visit_cases[] = {
	KUNIT_CASE(it_changes_what_is_around_it),
	KUNIT_CASE(it_sees_all_in_their_order),
	KUNIT_CASE(it_is_called_once_for_each),
	KUNIT_CASE(it_keeps_what_is_its_own),
	{}
};

static struct kunit_suite visit_suite = {
	.name = "rack_visits",
	.init = three_sensors,
	.test_cases = visit_cases,
};

static void the_errno_of_the_closure(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, rack_stop_at(3, -EIO), -EIO,
			    "the closure returned Err(EIO) at slot 3");
	KUNIT_EXPECT_EQ_MSG(test, rack_stop_at(1, -EPERM), -EPERM,
			    "the closure returned Err(EPERM) at slot 1");
	KUNIT_EXPECT_EQ_MSG(test, rack_stop_at(7, -ERESTARTSYS), -ERESTARTSYS,
			    "the closure returned Err(ERESTARTSYS) at slot 7, the last one");
}

static void no_visit_after_an_error(struct kunit *test)
{
	unsigned int before = rack_visits();

	rack_stop_at(3, -EIO);
	KUNIT_EXPECT_EQ_MSG(test, rack_visits() - before, 2,
			    "calls of the trampoline, counted by the rack: the second was to stop it");
}

static void no_room_is_enospc(struct kunit *test)
{
	int seen[2] = {};
	size_t n = 0;

	KUNIT_EXPECT_EQ_MSG(test, rack_copy(seen, 2, &n), -ENOSPC,
			    "the closure returned Err(ENOSPC) for the third sensor");
	KUNIT_EXPECT_EQ(test, n, 2);
	KUNIT_EXPECT_EQ(test, seen[1], -7);
}

static void the_errno_of_the_rack(struct kunit *test)
{
	int sum = 0;

	unplug_all();
	KUNIT_EXPECT_EQ_MSG(test, rack_sum(&sum), -ENODEV,
			    "the rack is empty, and rack_for_each returned -ENODEV without any visit");
}

static struct kunit_case stop_cases[] = {
	KUNIT_CASE(the_errno_of_the_closure),
	KUNIT_CASE(no_visit_after_an_error),
	KUNIT_CASE(no_room_is_enospc),
	KUNIT_CASE(the_errno_of_the_rack),
	{}
};

static struct kunit_suite stop_suite = {
	.name = "rack_stops",
	.init = three_sensors,
	.test_cases = stop_cases,
};

static void dropped_once_after_the_visits(struct kunit *test)
{
	unsigned int drops = 0;
	int sum = 0;

	KUNIT_EXPECT_EQ(test, rack_owner(&sum, &drops), 0);
	KUNIT_EXPECT_EQ_MSG(test, drops, 1,
			    "drops of the closure: it must live through all visits, and then be dropped once");
	KUNIT_EXPECT_EQ(test, sum, 63);
}

static void dropped_once_without_visits(struct kunit *test)
{
	unsigned int drops = 0;
	int sum = 77;

	unplug_all();
	rack_owner(&sum, &drops);
	KUNIT_EXPECT_EQ_MSG(test, drops, 1,
			    "drops of the closure: nobody called it, and still it must be dropped");
	KUNIT_EXPECT_EQ(test, sum, 0);
}

static struct kunit_case end_cases[] = {
	KUNIT_CASE(dropped_once_after_the_visits),
	KUNIT_CASE(dropped_once_without_visits),
	{}
};

static struct kunit_suite end_suite = {
	.name = "rack_ends",
	.init = three_sensors,
	.test_cases = end_cases,
};

kunit_test_suites(&visit_suite, &stop_suite, &end_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.8");
MODULE_LICENSE("GPL");
