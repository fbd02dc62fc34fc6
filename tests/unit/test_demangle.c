/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/demangle.h"

#include <stdio.h>
#include <string.h>

static void assert_path(const char *symbol, const char *path)
{
	char out[2 * DEMANGLE_MAX];

	assert_true(demangle_rust(out, sizeof(out), symbol, strlen(symbol)));
	assert_string_equal(out, path);
}

static void assert_none(const char *symbol)
{
	char out[2 * DEMANGLE_MAX] = "as it was";

	assert_false(demangle_rust(out, sizeof(out), symbol, strlen(symbol)));
	assert_string_equal(out, "");
}

/* Of real modules and of this kernel. */
static void test_paths(void **state)
{
	assert_path("_RNvXCs3oQS2rrSOml_6bad_rsNtB2_3BadNtNtCsb5MLIFMWygY_"
		    "6kernel6module6Module4init",
		    "bad_rs::Bad::init");
	assert_path("_RNvMCs3oQS2rrSOml_6bad_rsNtB2_3Bad4push",
		    "bad_rs::Bad::push");
	assert_path("_RNvNtCs2lKf6AS60Zg_4core9panicking18panic_bounds_check",
		    "core::panicking::panic_bounds_check");
	assert_path("_RNvNtNtCs3oQS2rrSOml_6bad_rs13___module_init13___module_"
		    "init16___IS_RUST_MODULE",
		    "bad_rs::__module_init::__module_init::__IS_RUST_MODULE");
	assert_path("_RNCNvCs3oQS2rrSOml_6bad_rs4work0B3_",
		    "bad_rs::work::{closure#0}");
}

/* What is not a path keeps its brackets; so do arguments of types. */
static void test_types(void **state)
{
	assert_path("_RNvXs6_NtCsb5MLIFMWygY_6kernel3fmtINtB5_7AdapterRR"
		    "NtNtNtCs2lKf6AS60Zg_4core3ffi5c_str4CStrENtNtBS_3fmt7"
		    "Display3fmtB7_",
		    "kernel::fmt::Adapter<&&core::ffi::c_str::CStr>::fmt");
	assert_path("_RNvXCs1_1aRNtB2_1SNtB2_1T1f", "<&a::S as a::T>::f");
	assert_path("_RNvXCs1_1aFEuNtB2_1T1f", "<fn() as a::T>::f");
	assert_path("_RNvXCs1_1aINtB2_1SFEhENtB2_1T1f", "a::S<fn() -> u8>::f");
}

static void test_none(void **state)
{
	assert_none("");
	assert_none("_R");
	assert_none("_RAX");
	assert_none("ring_new");
	assert_none("init_module");
	assert_none("_RNvCs3oQS2rrSOml_6bad_");
	assert_none("_ZN3foo3barEv");
}

/* Base 62, less one: the place in a symbol, from behind its "_R". */
static int put_reference(char *to, size_t cap, size_t place)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (place == 0)
		return snprintf(to, cap, "B_");
	place--;
	if (place < 62)
		return snprintf(to, cap, "B%c_", digits[place]);
	return snprintf(to, cap, "B%c%c_", digits[place / 62],
			digits[place % 62]);
}

/* Pairs of the pair before, @levels times: a name of 2^levels parts. */
static void make_bomb(char *s, size_t cap, int levels)
{
	size_t at = (size_t)snprintf(s, cap, "_RINvC1a1bThhE");
	size_t last = strlen("INvC1a1b");

	for (int i = 0; i < levels; i++) {
		size_t here = at - 2;

		at += (size_t)snprintf(s + at, cap - at, "T");
		at += (size_t)put_reference(s + at, cap - at, last);
		at += (size_t)put_reference(s + at, cap - at, last);
		at += (size_t)snprintf(s + at, cap - at, "E");
		last = here;
	}
	snprintf(s + at, cap - at, "E");
}

/* What is short for a name without an end is left alone, and at once. */
static void test_bomb(void **state)
{
	char symbol[DEMANGLE_MAX];

	make_bomb(symbol, sizeof(symbol), 2);
	assert_path(symbol, "a::b::<(u8, u8), ((u8, u8), (u8, u8)), "
			    "(((u8, u8), (u8, u8)), ((u8, u8), (u8, u8)))>");
	make_bomb(symbol, sizeof(symbol), 60);
	assert_true(strlen(symbol) < DEMANGLE_MAX - 1);
	assert_none(symbol);
}

static void test_text(void **state)
{
	char title[128] = "BUG: KASAN: slab-out-of-bounds in "
			  "_RNvMCs3oQS2rrSOml_6bad_rsNtB2_3Bad4push [bad_rs]";
	char plain[] = "list_add double add: _RAX prev";
	char tight[64] = "in _RNvNtCs2lKf6AS60Zg_4core9panicking9panic_fmt";

	demangle_text(title, sizeof(title));
	assert_string_equal(title, "BUG: KASAN: slab-out-of-bounds in "
				   "bad_rs::Bad::push [bad_rs]");
	demangle_text(plain, sizeof(plain));
	assert_string_equal(plain, "list_add double add: _RAX prev");
	demangle_text(tight, 12);
	assert_string_equal(tight, "in core::pa");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths), cmocka_unit_test(test_types),
		cmocka_unit_test(test_none),  cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
