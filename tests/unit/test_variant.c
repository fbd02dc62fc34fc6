/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of other versions of given files, and of what came of them. */
#include "tmp_fixture.h"
#include "lesson_fixture.h"

#include "checker/diag.h"
#include "checker/err.h"
#include "checker/variant.h"

static struct spec spec;

static int setup(void **state)
{
	int ret = make_tmp(state);

	spec = (struct spec){.dir = tmp};
	return ret;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, drop_tmp)

static void test_files(void **state)
{
	struct strv files = STRV_INIT;
	struct err e = ERR_INIT;

	(void)state;
	put_file("", "%s/variant/x/sub/b.h", tmp);
	put_file("", "%s/variant/x/c.h", tmp);
	put_file("", "%s/variant/x/a.h", tmp);
	put_file("", "%s/variant/x/.hidden", tmp);
	assert_int_equal(variant_files(&files, &spec, "x", &e), 0);
	assert_int_equal(files.n, 3);
	assert_string_equal(files.v[0], "a.h");
	assert_string_equal(files.v[1], "c.h");
	assert_string_equal(files.v[2], "sub/b.h");
	strv_release(&files);
	assert_int_equal(variant_files(&files, &spec, "none", &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	strv_release(&files);
}

static void shows(const char *was, const char *is, const char *want)
{
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;

	if (was)
		put_file(was, "%s/solution/a.h", tmp);
	put_file(is, "%s/variant/x/a.h", tmp);
	assert_int_equal(variant_show(&b, &spec, "x", &e), 0);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void test_show(void **state)
{
	(void)state;
	shows(NULL, "new\n", "a.h, changed:\n+ new\n");
	shows("a\nb\nc\n", "a\nB\nc\n", "a.h, changed:\n- b\n+ B\n");
	shows("a\nb\nc\n", "a\nc\n", "a.h, changed:\n- b\n");
	shows("a\na\n", "a\na\na\n", "a.h, changed:\n+ a\n");
	shows("a\nab", "a\na", "a.h, changed:\n- ab\n+ a\n");
	shows("a\n", "a\n", "a.h, changed:\n");
	shows("a\n", "", "a.h, changed:\n- a\n");
	shows("a\nb\nc\nd\n", "b\nc\nD\na\n",
	      "a.h, changed:\n- a\n- d\n+ D\n+ a\n");
	shows("0\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\na\nb\nc\nd\n",
	      "a.h, changed:\n- 0\n+ 1\n+ 2\n+ 3\n+ 4\n+ 5\n+ 6\n"
	      "+ 7\n+ 8\n(and 5 lines more)\n");
	/* However much is gone, what came in its place is seen. */
	shows("1\n2\n3\n4\n5\n6\n7\n8\n9\na\n", "A\nB\n",
	      "a.h, changed:\n- 1\n- 2\n- 3\n- 4\n- 5\n+ A\n+ B\n"
	      "(and 5 lines more)\n");
}

static void test_report(void **state)
{
	char e0308[] = "E0308", e0425[] = "E0425", types[] = "mismatched types",
	     name[] = "cannot find x", body[] = "expected i64, found i32";
	struct diag d[] = {
		{.level = DIAG_ERROR, .code = e0425, .message = name,
		 .text = name},
		{.level = DIAG_WARNING, .code = e0308, .message = types,
		 .text = types},
		{.level = DIAG_ERROR, .code = e0308, .message = types,
		 .text = body},
		{.level = DIAG_ERROR, .message = name, .text = types},
	};
	struct variant_spec v = {.name = NULL};

	(void)state;
	assert_ptr_equal(variant_report(&v, d, 4), &d[0]);
	assert_null(variant_report(&v, d + 1, 1));
	v.code = e0308;
	assert_ptr_equal(variant_report(&v, d, 4), &d[2]);
	v.says = (char *)"found i32";
	assert_ptr_equal(variant_report(&v, d, 4), &d[2]);
	v.says = (char *)"cannot find";
	assert_null(variant_report(&v, d, 4));
	v.code = NULL;
	assert_ptr_equal(variant_report(&v, d, 4), &d[0]);
	v.says = types;
	assert_ptr_equal(variant_report(&v, d, 4), &d[2]);
	assert_ptr_equal(variant_report(&v, d + 3, 1), &d[3]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_files),
		TEST(test_show),
		TEST(test_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
