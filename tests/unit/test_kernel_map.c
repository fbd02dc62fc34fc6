/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel-map: System.map. */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "checker/kernel-map.h"

static const char map[] = "ffffffff81000000 T _text\n"
			  "ffffffff81000040 t helper\n"
			  "\n"
			  "ffffffff81000100 T helper_two\n"
			  "ffffffff81000200 t helper\n"
			  "ffffffff82000000 D last";

static void test_find(void **state)
{
	struct kernel_symbol s[] = {{.name = "helper"},
				    {.name = "last"},
				    {.name = "helper_t"},
				    {.name = "_text"}};

	(void)state;
	kernel_map_find(map, s, 4);
	/* Of two with the same name, the first. */
	assert_int_equal(s[0].address, 0xffffffff81000040);
	assert_int_equal(s[1].address, 0xffffffff82000000);
	assert_int_equal(s[2].address, 0);
	assert_int_equal(s[3].address, 0xffffffff81000000);
	kernel_map_find("", s, 4);
	assert_int_equal(s[0].address, 0);
}

static void assert_name(uint64_t address, const char *want)
{
	char name[16];

	kernel_map_name(map, address, name, sizeof(name));
	assert_string_equal(name, want);
}

static void test_name(void **state)
{
	(void)state;
	assert_name(0xffffffff81000000, "_text");
	assert_name(0xffffffff8100003f, "_text");
	assert_name(0xffffffff81000100, "helper_two");
	assert_name(0xffffffffffffffff, "last");
	assert_name(0x1000, "");
}

static void test_open(void **state)
{
	struct err e = ERR_INIT;
	char *text;

	(void)state;
	put("System.map", map);
	text = kernel_map_open(in_tmp("System.map"), &e);
	assert_string_equal(text, map);
	free(text);
	assert_null(kernel_map_open(in_tmp("none"), &e));
	assert_int_equal(e.code, ERR_ENV);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_name),
		TMP_TEST(test_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
