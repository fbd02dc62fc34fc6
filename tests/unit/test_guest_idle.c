/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A guest that is halted, one that works, and one that is not let to. */
#include "checker/guest-idle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Whether it is taken for halted at some second up to @seconds. */
static int64_t halted_at(int64_t seconds, int64_t cpu_a_second,
			 int64_t waits_a_second)
{
	struct idle i;

	idle_begin(&i, 1000, 70000);
	for (int64_t s = 0; s <= seconds; s++) {
		int64_t now = 1000 + s * 1000;

		if (idle_seems(&i, now, 300 + s * cpu_a_second) &&
		    idle_is(&i, now, 70000 + s * waits_a_second))
			return s;
	}
	return -1;
}

static void one_that_is_halted(void **state)
{
	(void)state;
	assert_int_equal(halted_at(60, 0, 0), 6);
	/* A little is used by QEMU itself, and waited for. */
	assert_int_equal(halted_at(60, 2, 30), 6);
}

static void one_that_works(void **state)
{
	(void)state;
	assert_int_equal(halted_at(600, 1000, 0), -1);
	assert_int_equal(halted_at(600, 30, 0), -1);
}

static void one_that_gets_no_cpu(void **state)
{
	(void)state;
	assert_int_equal(halted_at(600, 2, 990), -1);
	assert_int_equal(halted_at(600, 0, 400), -1);
}

static void one_that_was_starved_and_then_halts(void **state)
{
	struct idle i;

	(void)state;
	idle_begin(&i, 0, 0);
	assert_true(idle_seems(&i, 6000, 0));
	assert_false(idle_is(&i, 6000, 5900));
	assert_false(idle_seems(&i, 10000, 0));
	assert_true(idle_seems(&i, 12000, 0));
	assert_true(idle_is(&i, 12000, 5900));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_is_halted),
		cmocka_unit_test(one_that_works),
		cmocka_unit_test(one_that_gets_no_cpu),
		cmocka_unit_test(one_that_was_starved_and_then_halts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
