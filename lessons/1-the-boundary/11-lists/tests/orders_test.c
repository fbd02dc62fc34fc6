// SPDX-License-Identifier: GPL-2.0
/*
 * What the till says of the lists that C has filled. Every number of an order
 * is another one, so that a field that is read at the wrong place shows.
 */
#include <kunit/test.h>
#include <linux/list.h>
#include <linux/module.h>

#include "bill.h"
#include "kitchen.h"

static void add(struct kunit *test, u32 id, u32 table, u32 cents)
{
	struct order o = {
		.id = id,
		.table = table,
		.cents = cents,
		.guests = 1000 + id,
		.waiter = 2000 + id,
		.course = 3000 + id,
		.placed = 4000 + id,
	};

	KUNIT_ASSERT_EQ(test, kitchen_add(&o), 0);
}

static void close_kitchen(struct kunit *test)
{
	kitchen_close();
}

/* The id of the order at this place among all; 0 if there are not so many. */
static u32 id_at(int place)
{
	struct order *o;
	u32 id = 0;

	kitchen_lock();
	list_for_each_entry(o, kitchen_orders(), queue) {
		if (!place--) {
			id = o->id;
			break;
		}
	}
	kitchen_unlock();

	return id;
}

static u32 cents_of(u32 id)
{
	struct order *o;
	u32 cents = 0;

	kitchen_lock();
	list_for_each_entry(o, kitchen_orders(), queue)
		if (o->id == id)
			cents = o->cents;
	kitchen_unlock();

	return cents;
}

static void total_of_none(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, bill_total(), 0,
			    "there are no orders: the walk must end at the head of the list");
}

static void total_of_one(struct kunit *test)
{
	add(test, 1, 12, 700);
	KUNIT_EXPECT_EQ_MSG(test, bill_total(), 700,
			    "orders() must give the one order, and cents() what it costs");
}

static void total_of_three(struct kunit *test)
{
	add(test, 1, 12, 700);
	add(test, 2, 5, 4000000000);
	add(test, 3, 7, 3000000000);
	KUNIT_EXPECT_EQ_MSG(test, bill_total(), 7000000700,
			    "orders() must give each of the three orders once");
}

static struct kunit_case walk_cases[] = {
	KUNIT_CASE(total_of_none),
	KUNIT_CASE(total_of_one),
	KUNIT_CASE(total_of_three),
	{}
};

static struct kunit_suite walk_suite = {
	.name = "orders_walk",
	.test_cases = walk_cases,
	.exit = close_kitchen,
};

static void nobody_is_late(struct kunit *test)
{
	u32 id = 0, table = 0;

	add(test, 1, 12, 700);
	KUNIT_EXPECT_EQ_MSG(test, bill_late(&id, &table, 1), 0,
			    "there is one order, and it is not late");
}

static void two_are_late(struct kunit *test)
{
	u32 ids[3] = { }, tables[3] = { };

	add(test, 1, 12, 700);
	add(test, 2, 5, 900);
	add(test, 3, 7, 800);
	KUNIT_ASSERT_EQ(test, kitchen_delay(3), 0);
	KUNIT_ASSERT_EQ(test, kitchen_delay(1), 0);

	KUNIT_EXPECT_EQ_MSG(test, bill_late(ids, tables, 3), 2,
			    "late() must give the orders 3 and 1, which are late");
	KUNIT_EXPECT_EQ_MSG(test, ids[0], 3,
			    "order 3 was the first to be late (2003 is its waiter: is each order where late() says?)");
	KUNIT_EXPECT_EQ_MSG(test, tables[0], 7, "order 3 is for table 7");
	KUNIT_EXPECT_EQ(test, ids[1], 1);
	KUNIT_EXPECT_EQ(test, tables[1], 12);
}

static struct kunit_case late_cases[] = {
	KUNIT_CASE(nobody_is_late),
	KUNIT_CASE(two_are_late),
	{}
};

static struct kunit_suite late_suite = {
	.name = "orders_late",
	.test_cases = late_cases,
	.exit = close_kitchen,
};

static void c_sees_the_new_price(struct kunit *test)
{
	add(test, 1, 12, 700);
	add(test, 2, 5, 900);
	add(test, 3, 12, 150);
	bill_discount(12, 200);

	KUNIT_EXPECT_EQ_MSG(test, cents_of(1), 500,
			    "order 1 is for table 12, and costs 200 less: set_cents() must write to C's order");
	KUNIT_EXPECT_EQ_MSG(test, cents_of(2), 900, "order 2 is for table 5");
	KUNIT_EXPECT_EQ(test, cents_of(3), 0);
}

static struct kunit_case change_cases[] = {
	KUNIT_CASE(c_sees_the_new_price),
	{}
};

static struct kunit_suite change_suite = {
	.name = "orders_change",
	.test_cases = change_cases,
	.exit = close_kitchen,
};

static void one_is_served(struct kunit *test)
{
	add(test, 1, 12, 700);
	add(test, 2, 5, 900);
	KUNIT_EXPECT_EQ(test, bill_serve(1), 0);
	KUNIT_EXPECT_EQ_MSG(test, id_at(0), 2,
			    "order 1 was served: serve() must call kitchen_serve()");
	KUNIT_EXPECT_EQ(test, id_at(1), 0);
}

static void unknown_is_enoent(struct kunit *test)
{
	add(test, 1, 12, 700);
	KUNIT_EXPECT_EQ_MSG(test, bill_serve(9), -ENOENT,
			    "there is no order 9, and kitchen_serve() says so: where did that go?");
	KUNIT_EXPECT_EQ(test, id_at(0), 1);
}

static void a_table_is_served(struct kunit *test)
{
	add(test, 1, 12, 700);
	add(test, 2, 5, 900);
	add(test, 3, 12, 150);
	add(test, 4, 12, 100);
	KUNIT_ASSERT_EQ(test, kitchen_delay(3), 0);

	KUNIT_EXPECT_EQ_MSG(test, bill_serve_table(12), 3, "table 12 has three orders");
	KUNIT_EXPECT_EQ(test, id_at(0), 2);
	KUNIT_EXPECT_EQ(test, id_at(1), 0);
}

static struct kunit_case serve_cases[] = {
	KUNIT_CASE(one_is_served),
	KUNIT_CASE(unknown_is_enoent),
	KUNIT_CASE(a_table_is_served),
	{}
};

static struct kunit_suite serve_suite = {
	.name = "orders_serve",
	.test_cases = serve_cases,
	.exit = close_kitchen,
};

static void sort(void)
{
	kitchen_lock();
	kitchen_sort();
	kitchen_unlock();
}

static void sorted_by_table(struct kunit *test)
{
	add(test, 1, 12, 100);
	add(test, 2, 5, 300);
	add(test, 3, 7, 200);
	sort();
	KUNIT_EXPECT_EQ_MSG(test, id_at(0), 2, "order 2 is for table 5, and comes first: does container_of! lead to the order that has this `queue` in it?");
	KUNIT_EXPECT_EQ_MSG(test, id_at(1), 3, "order 3 is for table 7");
	KUNIT_EXPECT_EQ_MSG(test, id_at(2), 1, "order 1 is for table 12, and comes last");
}

static void equal_ones_stay(struct kunit *test)
{
	add(test, 9, 12, 100);
	add(test, 1, 12, 300);
	add(test, 5, 5, 500);
	add(test, 2, 12, 200);
	sort();
	KUNIT_EXPECT_EQ(test, id_at(0), 5);
	KUNIT_EXPECT_EQ_MSG(test, id_at(1), 9,
			    "orders 9, 1 and 2 are for the same table: order_cmp() must not answer more than 0");
	KUNIT_EXPECT_EQ(test, id_at(2), 1);
	KUNIT_EXPECT_EQ(test, id_at(3), 2);
}

static void tables_are_unsigned(struct kunit *test)
{
	add(test, 1, 3000000000, 100);
	add(test, 2, 5, 100);
	add(test, 3, 1, 100);
	sort();
	KUNIT_EXPECT_EQ(test, id_at(0), 3);
	KUNIT_EXPECT_EQ(test, id_at(1), 2);
	KUNIT_EXPECT_EQ_MSG(test, id_at(2), 1,
			    "table 3000000000 comes last: the difference of two tables need not fit into a c_int");
}

static struct kunit_case sort_cases[] = {
	KUNIT_CASE(sorted_by_table),
	KUNIT_CASE(equal_ones_stay),
	KUNIT_CASE(tables_are_unsigned),
	{}
};

static struct kunit_suite sort_suite = {
	.name = "orders_sort",
	.test_cases = sort_cases,
	.exit = close_kitchen,
};

kunit_test_suites(&walk_suite, &late_suite, &change_suite, &serve_suite, &sort_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.11");
MODULE_LICENSE("GPL");
