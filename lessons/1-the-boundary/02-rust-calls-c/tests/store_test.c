// SPDX-License-Identifier: GPL-2.0
/*
 * What a caller of the wrapper may rely on, seen through store_read() and
 * store_write(). Buffers that the wrapper fills come from kmalloc and are
 * exactly as large as needed, so that KASAN notices one byte too many.
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/string.h>

#include "legacy.h"
#include "store.h"

#define UNTOUCHED 0xa5

static u8 *room(struct kunit *test, size_t len)
{
	u8 *p = kunit_kmalloc(test, len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, UNTOUCHED, len);
	return p;
}

static void read_gives_the_id(struct kunit *test)
{
	u8 *buf = room(test, LEGACY_ID_SIZE);
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, store_read(0, buf, LEGACY_ID_SIZE, &n), 0);
	KUNIT_EXPECT_EQ(test, n, LEGACY_ID_SIZE);
	KUNIT_EXPECT_MEMEQ(test, buf, "KILN-042", LEGACY_ID_SIZE);
}

static void read_fills_no_more_than_the_room(struct kunit *test)
{
	u8 *buf = room(test, 5);
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, store_read(0, buf, 5, &n), 0);
	KUNIT_EXPECT_EQ(test, n, 5);
	KUNIT_EXPECT_MEMEQ(test, buf, "KILN-", 5);
}

static void read_stops_at_the_end(struct kunit *test)
{
	static const u8 untouched[5] = { [0 ... 4] = UNTOUCHED };
	u8 *buf = room(test, 8);
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, store_read(LEGACY_SIZE - 3, buf, 8, &n), 0);
	KUNIT_EXPECT_EQ(test, n, 3);
	KUNIT_EXPECT_MEMEQ(test, buf + 3, untouched, 5);
}

static void read_at_the_end_gives_nothing(struct kunit *test)
{
	u8 *buf = room(test, 1);
	size_t n = 1;

	KUNIT_EXPECT_EQ(test, store_read(LEGACY_SIZE, buf, 1, &n), 0);
	KUNIT_EXPECT_EQ(test, n, 0);
}

static void read_of_nothing(struct kunit *test)
{
	u8 *buf = room(test, 1);
	size_t n = 1;

	KUNIT_EXPECT_EQ(test, store_read(0, buf, 0, &n), 0);
	KUNIT_EXPECT_EQ(test, n, 0);
	KUNIT_EXPECT_EQ(test, buf[0], UNTOUCHED);
}

static void write_is_read_back(struct kunit *test)
{
	static const u8 src[] = { 3, 1, 4, 1, 5, 9 };
	u8 *buf = room(test, sizeof(src));
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, store_write(20, src, sizeof(src)), 0);
	KUNIT_EXPECT_EQ(test, store_read(20, buf, sizeof(src), &n), 0);
	KUNIT_EXPECT_EQ(test, n, sizeof(src));
	KUNIT_EXPECT_MEMEQ(test, buf, src, sizeof(src));
}

static void write_up_to_the_last_byte(struct kunit *test)
{
	static const u8 src[] = { 7, 8 };
	u8 *buf = room(test, sizeof(src));
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, store_write(LEGACY_SIZE - 2, src, 2), 0);
	KUNIT_EXPECT_EQ(test, store_read(LEGACY_SIZE - 2, buf, 2, &n), 0);
	KUNIT_EXPECT_EQ(test, n, 2);
	KUNIT_EXPECT_MEMEQ(test, buf, src, 2);
}

static struct kunit_case value_cases[] = {
	KUNIT_CASE(read_gives_the_id),
	KUNIT_CASE(read_fills_no_more_than_the_room),
	KUNIT_CASE(read_stops_at_the_end),
	KUNIT_CASE(read_at_the_end_gives_nothing),
	KUNIT_CASE(read_of_nothing),
	KUNIT_CASE(write_is_read_back),
	KUNIT_CASE(write_up_to_the_last_byte),
	{}
};

static struct kunit_suite value_suite = {
	.name = "store_values",
	.test_cases = value_cases,
};

static void read_beyond_the_end_is_enxio(struct kunit *test)
{
	u8 *buf = room(test, 4);
	size_t n = 77;

	KUNIT_EXPECT_EQ(test, store_read(LEGACY_SIZE + 1, buf, 4, &n), -ENXIO);
	KUNIT_EXPECT_EQ(test, n, 77);
	KUNIT_EXPECT_EQ(test, buf[0], UNTOUCHED);
}

static void write_beyond_the_end_is_enxio(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, store_write(LEGACY_SIZE + 1, "x", 1), -ENXIO);
}

static void write_to_the_id_is_erofs(struct kunit *test)
{
	u8 *buf = room(test, LEGACY_ID_SIZE);
	size_t n = 0;

	KUNIT_EXPECT_EQ(test, store_write(0, "x", 1), -EROFS);
	KUNIT_EXPECT_EQ(test, store_read(0, buf, LEGACY_ID_SIZE, &n), 0);
	KUNIT_EXPECT_MEMEQ(test, buf, "KILN-042", LEGACY_ID_SIZE);
}

static void write_without_room_is_enospc(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, store_write(LEGACY_SIZE - 2, "xyz", 3), -ENOSPC);
}

static struct kunit_case error_cases[] = {
	KUNIT_CASE(read_beyond_the_end_is_enxio),
	KUNIT_CASE(write_beyond_the_end_is_enxio),
	KUNIT_CASE(write_to_the_id_is_erofs),
	KUNIT_CASE(write_without_room_is_enospc),
	{}
};

static struct kunit_suite error_suite = {
	.name = "store_errors",
	.test_cases = error_cases,
};

kunit_test_suites(&value_suite, &error_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.2");
MODULE_LICENSE("GPL");
