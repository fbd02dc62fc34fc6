/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/qemu-int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct err blame(const char *what, const char *complaint)
{
	struct err e = ERR_INIT;

	err_set(&e, ERR_ENV, 0, "%s", what);
	qemu_blame(complaint, &e);
	return e;
}

static void test_device(void **state)
{
	struct err e = blame("QEMU hung up",
			     "qemu-system-x86_64: -device flux: 'flux' is not "
			     "a valid device model name");

	assert_int_equal(e.code, ERR_LESSON);
	assert_non_null(strstr(e.what, "cannot have: flux"));
	assert_non_null(strstr(e.where, "not a valid device model name"));
	assert_string_not_equal(e.next, "");
	/* One that wants what a lesson cannot give it. */
	e = blame("QEMU hung up", "qemu-system-x86_64: -device virtio-blk-pci: "
				  "drive property not set");
	assert_int_equal(e.code, ERR_LESSON);
}

static void test_ours(void **state)
{
	static const char *const complaints[] = {
		"",
		("qemu-system-x86_64: -device virtio-serial-pci,ioeventfd=off: "
		 "no memory"),
		"qemu-system-x86_64: -device",
		"qemu-system-x86_64: -device edu",
		"qemu-system-x86_64: cannot set up guest memory 'ram'",
	};

	for (size_t i = 0; i < sizeof(complaints) / sizeof(char *); i++) {
		struct err e = blame("QEMU hung up", complaints[i]);

		assert_int_equal(e.code, ERR_ENV);
		assert_string_equal(e.what, "QEMU hung up");
	}
}

static void test_not_saved(void **state)
{
	struct err e = blame("QEMU refuses 'migrate': State blocked by "
			     "non-migratable device '0000:00:02.0/x'",
			     "");

	assert_int_equal(e.code, ERR_LESSON);
	assert_non_null(strstr(e.what, "cannot be kept warm"));
	assert_non_null(strstr(e.where, "non-migratable"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_device),
		cmocka_unit_test(test_ours),
		cmocka_unit_test(test_not_saved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
