/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diag, on what the tools really print (data/diag/NAME.txt, each with the
 * records expected of it in NAME.expect) and on what they might.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/buf.h"
#include "checker/diag.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATA "tests/unit/data/diag/"

static const char *const levels[] = {"error", "warning", "note"};
static const char *const tools[] = {"rustc", "clang", "modpost", "linker",
				    "make"};

struct parsed {
	struct diag *d;
	size_t n;
};

static struct parsed parse(const char *text, const char *stage)
{
	struct parsed p = {NULL, 0};

	assert_int_equal(diag_parse(&p.d, &p.n, text, strlen(text), stage), 0);
	return p;
}

static void add_record(struct buf *b, const struct diag *d)
{
	buf_addf(b, "%s %s %s %s", levels[d->level], tools[d->tool],
		 d->code ? d->code : "-", d->file ? d->file : "-");
	if (d->line)
		buf_addf(b, ":%u", d->line);
	if (d->col)
		buf_addf(b, ":%u", d->col);
	buf_addf(b, " %s%s\n", diag_advice(d) ? "(advice) " : "", d->message);
}

static void read_file(struct buf *b, const char *path)
{
	if (buf_read_file(b, path, 1 << 20, NULL) < 0)
		fail_msg("cannot read %s", path);
}

static void check_sample(const char *path)
{
	struct buf in = BUF_INIT, want = BUF_INIT, got = BUF_INIT;
	char expect[256];
	struct parsed p;

	snprintf(expect, sizeof(expect), "%.*s.expect",
		 (int)(strlen(path) - strlen(".txt")), path);
	read_file(&in, path);
	p = parse(buf_str(&in), "/kiln/work");
	for (size_t i = 0; i < p.n; i++)
		add_record(&got, &p.d[i]);
	if (getenv("DIAG_UPDATE"))
		assert_int_equal(buf_write_file(&got, expect, 0644, NULL), 0);
	read_file(&want, expect);
	if (strcmp(buf_str(&want), buf_str(&got)) != 0)
		fail_msg("%s:\nexpected:\n%s\ngot:\n%s", path, buf_str(&want),
			 buf_str(&got));
	diag_free(p.d, p.n);
	buf_release(&in);
	buf_release(&want);
	buf_release(&got);
}

static void test_samples(void **state)
{
	glob_t g;

	(void)state;
	assert_int_equal(glob(DATA "*.txt", 0, NULL, &g), 0);
	assert_true(g.gl_pathc >= 30);
	for (size_t i = 0; i < g.gl_pathc; i++)
		check_sample(g.gl_pathv[i]);
	globfree(&g);
}

static void test_text_is_whole_block(void **state)
{
	static const char block[] =
		"error[E0308]: mismatched types\n"
		"  --> x.rs:17:22\n"
		"   |\n"
		"17 |         let n: i32 = \"seven\";\n"
		"   |                ---   ^^^^^^^ expected `i32`\n"
		"note: because of this\n"
		"  --> /kiln/src/rust/kernel/lib.rs:3:1";
	struct buf in = BUF_INIT;
	struct parsed p;

	(void)state;
	buf_addf(&in, "  RUSTC x.o\n%s\n\nerror: aborting due to 1\n", block);
	p = parse(buf_str(&in), "");
	assert_int_equal(p.n, 1);
	assert_string_equal(p.d[0].text, block);
	assert_string_equal(p.d[0].file, "x.rs");
	diag_free(p.d, p.n);
	buf_release(&in);
}

static void test_clang_notes_and_includes(void **state)
{
	static const char in[] =
		"In file included from x.c:2:\n"
		"./legacy.h:3:7: error: expected ';'\n"
		"    3 |         int a\n"
		"In file included from x.c:9:\n"
		"./other.h:4:1: note: to match this\n"
		"    4 | {\n"
		"In file included from x.c:3:\n"
		"/kiln/src/include/linux/list.h:5:1: error: no\n"
		"    5 | x\n";
	struct parsed p = parse(in, "");

	(void)state;
	assert_int_equal(p.n, 2);
	assert_string_equal(p.d[0].file, "legacy.h");
	assert_non_null(strstr(p.d[0].text, "In file included from x.c:2"));
	assert_non_null(strstr(p.d[0].text, "to match this"));
	assert_null(strstr(p.d[0].text, "x.c:3:"));
	assert_string_equal(p.d[1].file, "x.c");
	assert_int_equal(p.d[1].line, 3);
	diag_free(p.d, p.n);
}

static void test_stage_is_taken_off(void **state)
{
	static const char in[] =
		"/kiln/work/x.c:2:3: error: bad /kiln/work/y.c here [-Wfoo]\n"
		"/far/kiln/work/z.c:2:3: error: far\n";
	struct parsed p = parse(in, "/kiln/work");

	(void)state;
	assert_int_equal(p.n, 2);
	assert_string_equal(p.d[0].file, "x.c");
	assert_string_equal(p.d[0].message, "bad y.c here");
	assert_string_equal(p.d[0].code, "-Wfoo");
	assert_string_equal(p.d[1].file, "/far/kiln/work/z.c");
	diag_free(p.d, p.n);

	p = parse(in, "/kiln/work/");
	assert_string_equal(p.d[0].file, "x.c");
	diag_free(p.d, p.n);
	p = parse(in, "");
	assert_string_equal(p.d[0].file, "/kiln/work/x.c");
	diag_free(p.d, p.n);
}

static void test_order_and_cap(void **state)
{
	struct buf in = BUF_INIT;
	struct parsed p;

	(void)state;
	for (int i = 1; i <= 2000; i++)
		buf_addf(&in, "x.c:%d:1: warning: w\n", i);
	buf_adds(&in, "x.c:1:1: error: first\nx.c:2:1: error: second\n"
		      "x.c:1:1: error: first\n");
	p = parse(buf_str(&in), "");
	assert_int_equal(p.n, 500);
	assert_string_equal(p.d[0].message, "first");
	assert_string_equal(p.d[1].message, "second");
	assert_int_equal(p.d[2].level, DIAG_WARNING);
	assert_int_equal(p.d[499].line, 498);
	diag_free(p.d, p.n);
	buf_release(&in);
}

static void test_text_is_cut_and_clean(void **state)
{
	struct buf in = BUF_INIT;
	struct parsed p;

	(void)state;
	buf_adds(&in, "x.c:1:1: error: a\x1b[31mb\xff"
		      "c\r\n    1 | ");
	for (int i = 0; i < 20000; i++)
		buf_adds(&in, "é");
	p = parse(buf_str(&in), "");
	assert_int_equal(p.n, 1);
	assert_string_equal(p.d[0].message, "a�[31mb�c");
	assert_true(strlen(p.d[0].text) <= (16 << 10) + strlen("…"));
	assert_string_equal(p.d[0].text + strlen(p.d[0].text) - strlen("é…"),
			    "é…");
	diag_free(p.d, p.n);
	buf_release(&in);
}

static void test_failed_recipe_only_when_alone(void **state)
{
	static const char fails[] =
		"make[3]: *** [/kiln/src/scripts/Makefile.build:9: x.o] "
		"Killed\nmake[2]: *** [/kiln/src/Makefile:2253: .] Error 2\n";
	struct buf in = BUF_INIT;
	struct parsed p = parse(fails, "");

	(void)state;
	assert_int_equal(p.n, 1);
	assert_int_equal(p.d[0].tool, DIAG_MAKE);
	assert_non_null(strstr(p.d[0].message, "x.o] Killed"));
	diag_free(p.d, p.n);

	buf_addf(&in, "ld.lld: error: no\n%s", fails);
	p = parse(buf_str(&in), "");
	assert_int_equal(p.n, 1);
	assert_int_equal(p.d[0].tool, DIAG_LINKER);
	diag_free(p.d, p.n);
	buf_release(&in);
}

static void test_not_reports(void **state)
{
	static const char in[] = "errors: none\n"
				 "warning everybody\n"
				 "note to self\n"
				 "  CC x.o\n"
				 "12:30: error\n"
				 "see http://a.b/c: error: nothing\n"
				 "error: aborting due to 3 previous errors\n"
				 "warning: 16 warnings emitted\n"
				 "3 warnings generated.\n";
	struct parsed p = parse(in, "");

	(void)state;
	assert_int_equal(p.n, 0);
	diag_free(p.d, p.n);
	p = parse("", "");
	assert_int_equal(p.n, 0);
	diag_free(p.d, p.n);
}

static void test_old_modpost(void **state)
{
	struct parsed p = parse("ERROR: modpost: \"f\" [/kiln/work/x.ko] "
				"undefined!\n",
				"/kiln/work");

	(void)state;
	assert_int_equal(p.n, 1);
	assert_string_equal(p.d[0].file, "x.ko");
	assert_string_equal(p.d[0].message, "\"f\" [x.ko] undefined!");
	assert_non_null(diag_advice(&p.d[0]));
	diag_free(p.d, p.n);
}

static void test_inline_asm(void **state)
{
	static const char in[] =
		"<inline asm>:2:19: error: Could not find incbin file 'x'\n"
		"solution: .incbin \"x\"\n"
		"                  ^\n";
	struct parsed p = parse(in, "");

	(void)state;
	assert_int_equal(p.n, 1);
	assert_string_equal(p.d[0].message, "Could not find incbin file 'x'");
	diag_free(p.d, p.n);
}

static void test_is(void **state)
{
	struct diag d = {.tool = DIAG_RUSTC,
			 .message = (char *)"m",
			 .code = (char *)"clippy::no_effect",
			 .text = (char *)"m"};

	(void)state;
	assert_true(diag_is(&d, "clippy::no_effect"));
	assert_true(diag_is(&d, "clippy::no-effect"));
	assert_true(diag_is(&d, "clippy::*"));
	assert_true(diag_is(&d, "*"));
	assert_false(diag_is(&d, "clippy::no_effec"));
	assert_false(diag_is(&d, "clippy::no_effects"));
	assert_false(diag_is(&d, "no_effect"));
	assert_false(diag_is(&d, ""));

	d.code = (char *)"E0133";
	d.text = (char *)"x\n   = note: requested on the command line with "
			 "`-D unsafe-op-in-unsafe-fn`\n";
	assert_true(diag_is(&d, "E0133"));
	assert_true(diag_is(&d, "unsafe_op_in_unsafe_fn"));
	assert_false(diag_is(&d, "unsafe_op"));

	d.tool = DIAG_CLANG;
	d.code = NULL;
	assert_false(diag_is(&d, "-Wunused-variable"));
	assert_true(diag_is(&d, "*"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_text_is_whole_block),
		cmocka_unit_test(test_clang_notes_and_includes),
		cmocka_unit_test(test_stage_is_taken_off),
		cmocka_unit_test(test_order_and_cap),
		cmocka_unit_test(test_text_is_cut_and_clean),
		cmocka_unit_test(test_failed_recipe_only_when_alone),
		cmocka_unit_test(test_not_reports),
		cmocka_unit_test(test_old_modpost),
		cmocka_unit_test(test_inline_asm),
		cmocka_unit_test(test_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
