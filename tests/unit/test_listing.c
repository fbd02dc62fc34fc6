/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a fence says, and what a listing is held against. */
#include "checker/buf.h"
#include "shell/listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void test_fences(void **state)
{
	static const struct {
		const char *fence;
		enum listing_lang lang;
		enum listing_mark mark;
		const char *arg;
	} rows[] = {
		{"", LISTING_OTHER, LISTING_PLAIN, ""},
		{"text", LISTING_OTHER, LISTING_PLAIN, ""},
		{"console build", LISTING_OTHER, LISTING_PLAIN, ""},
		{"cpp", LISTING_OTHER, LISTING_PLAIN, ""},
		{"c", LISTING_C, LISTING_PLAIN, ""},
		{"rust", LISTING_RUST, LISTING_PLAIN, ""},
		{"rust,build", LISTING_RUST, LISTING_BUILD, "build"},
		{"c build", LISTING_C, LISTING_BUILD, "build"},
		{"c from=fs/open.c", LISTING_C, LISTING_FROM, "fs/open.c"},
		{"rust fragment: of the Lamp", LISTING_RUST, LISTING_FRAGMENT,
		 "of the Lamp"},
		{"rust fragment", LISTING_RUST, LISTING_FRAGMENT, ""},
		{"rust fragment:", LISTING_RUST, LISTING_FRAGMENT, ""},
		{"rust fragments", LISTING_RUST, LISTING_UNKNOWN, "fragments"},
		{"rust ignore", LISTING_RUST, LISTING_UNKNOWN, "ignore"},
		{"c builds", LISTING_C, LISTING_UNKNOWN, "builds"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct listing_info r = listing_info(rows[i].fence);

		assert_int_equal(r.lang, rows[i].lang);
		assert_int_equal(r.mark, rows[i].mark);
		assert_string_equal(r.arg, rows[i].arg);
	}
}

static void test_modules(void **state)
{
	(void)state;
	assert_true(listing_is_module("module! {\n type: X,\n}", LISTING_RUST));
	assert_true(listing_is_module("kernel::module_pci_driver! { }",
				      LISTING_RUST));
	assert_false(listing_is_module("// module! is a macro", LISTING_RUST));
	assert_false(listing_is_module("mod module { }", LISTING_RUST));
	assert_true(listing_is_module("MODULE_LICENSE(\"GPL\");", LISTING_C));
	assert_false(listing_is_module("int x;", LISTING_C));
}

/* What is put before a listing is counted, for its lines to be told. */
static void test_wrap(void **state)
{
	struct buf b = BUF_INIT;
	const char *p;
	unsigned n;

	(void)state;
	n = listing_wrap(&b, "let x = 1;\n", LISTING_RUST);
	p = buf_str(&b);
	for (unsigned i = 0; i < n; i++)
		p = strchr(p, '\n') + 1;
	assert_memory_equal(p, "let x = 1;\n", 11);
	assert_non_null(strstr(p, "module! {"));
	buf_clear(&b);
	n = listing_wrap(&b, "int x;\n", LISTING_C);
	p = buf_str(&b);
	for (unsigned i = 0; i < n; i++)
		p = strchr(p, '\n') + 1;
	assert_memory_equal(p, "int x;\n", 7);
	buf_clear(&b);
	assert_int_equal(listing_wrap(&b, "module! { }\n", LISTING_RUST), 0);
	assert_string_equal(buf_str(&b), "module! { }\n");
	buf_release(&b);
}

static void test_stands_in(void **state)
{
	static const char file[] = "int a;\n"
				   "\n"
				   "int f(int n)\n"
				   "{\n"
				   "\tif (n < 0) {\n"
				   "\t\tgo();\n"
				   "\t}\n"
				   "\treturn n;\n"
				   "}\n"
				   "int g(void);\n";
	static const struct {
		const char *code;
		bool stands;
	} rows[] = {
		{"int a;\n", true},
		{"", true},
		{"int b;\n", false},
		/* Indentation and blank lines are the text's affair. */
		{"    if (n < 0) {\n\n    go();\n", true},
		/* Lines between are not. */
		{"int a;\n{\n", false},
		{"int a;\n...\n{\n", true},
		{"int a;\n/* ... */\nreturn n;\n", true},
		{"int a;\n// \xe2\x80\xa6\nint g(void);\n", true},
		/* The order is. */
		{"return n;\n...\nint a;\n", false},
		{"...\nint a;\n...\n", true},
		/* What a declaration leaves out. */
		{"if (n < 0)\n", true},
		{"int g(void)\n", true},
		{"int g(v\n", false},
		{"return\n", false},
		/* A start that fails later is not the end. */
		{"}\nint g(void);\n", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (listing_stands_in(rows[i].code, file) != rows[i].stands)
			fail_msg("row %zu: %s", i, rows[i].code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fences),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_stands_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
