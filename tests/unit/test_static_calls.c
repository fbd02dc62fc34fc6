/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static-calls: what the kernel rewrites of its code, and nothing else. */
#include "checker/static-calls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Sites at 0x1010 and, before the table, at 0x0ffe. */
static const int32_t table[] = {-0xff0, 0, -0x100a, 0};
static struct static_calls s = {.from = 0x1030, .to = 0x1040};

static unsigned char was[64], now[64];

static int setup(void **state)
{
	(void)state;
	return static_calls_read(&s, table, sizeof(table), 0x2000);
}

static int teardown(void **state)
{
	(void)state;
	static_calls_release(&s);
	return 0;
}

/* Is a change of byte @i of the code at 0x1000 a static call's? */
static int undone(size_t i)
{
	memset(now, 0, sizeof(now));
	now[i] = 1;
	static_calls_undo(&s, 0x1000, now, was, sizeof(now));
	return memcmp(now, was, sizeof(now)) == 0;
}

static void test_read(void **state)
{
	(void)state;
	assert_int_equal(s.n, 2);
	assert_int_equal(s.sites[0], 0x1010);
	assert_int_equal(s.sites[1], 0x0ffe);
}

static void test_undo(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(was); i++) {
		int want = i < 3 || (i >= 0x10 && i < 0x15) || i >= 0x30;

		if (undone(i) != want)
			fail_msg("byte %zu: %d", i, !want);
	}
	assert_int_equal(static_calls_undo(&s, 0x1000, now, was, 64), 3);
	assert_int_equal(static_calls_undo(&s, 0x1003, now, was, 8), 0);
	assert_int_equal(static_calls_undo(&s, 0x1014, now, was, 1), 1);
	assert_int_equal(static_calls_undo(&s, 0x1015, now, was, 8), 0);
	assert_int_equal(static_calls_undo(&s, 0x9000, now, was, 64), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_undo),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
