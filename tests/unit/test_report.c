/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A verdict as a person reads it, and what a step asks. */
#include "checker/buf.h"
#include "checker/diag.h"
#include "checker/spec.h"
#include "checker/verdict.h"
#include "shell/glyph.h"
#include "shell/lesson.h"
#include "shell/report.h"
#include "shell/run-output.h"
#include "shell/step-text.h"
#include "shell/term.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *text;
static size_t len;

static const char *report_in(const struct verdict *v, bool tty, unsigned width,
			     const char *dir)
{
	struct term t = {.tty = tty, .width = width, .utf8 = true};

	free(text);
	text = NULL;
	t.out = open_memstream(&text, &len);
	report_show(&t, v, dir);
	fclose(t.out);
	return text;
}

static const char *report(const struct verdict *v, bool tty, unsigned width)
{
	return report_in(v, tty, width, NULL);
}

static bool says(const char *s)
{
	return strstr(text, s) != NULL;
}

static unsigned times(const char *s)
{
	unsigned n = 0;

	for (const char *p = text; (p = strstr(p, s)); p += strlen(s))
		n++;
	return n;
}

/* ---- builds ---- */

static struct diag *diags;
static size_t ndiags;

static void add_error(struct buf *b, unsigned line, const char *found)
{
	buf_addf(b,
		 "error[E0308]: mismatched types\n"
		 "   --> x.rs:%u:12\n"
		 "    |\n"
		 "%3u |         Ok(value)\n"
		 "    |         -- ^^^^^ expected `usize`, found `%s`\n"
		 "    |         |\n"
		 "    |         arguments are incorrect\n"
		 "    |\n"
		 "    = note: one\n"
		 "    = note: two\n"
		 "help: convert a `%s`\n"
		 "    |\n"
		 "%3u |         Ok(value.into())\n\n",
		 line, line, found, found, line);
}

static struct verdict build_of(struct buf *b)
{
	struct verdict v = {.outcome = OUTCOME_BUILD_FAILED};

	assert_int_equal(diag_parse(&diags, &ndiags, buf_str(b), b->len, ""),
			 0);
	v.diags = diags;
	v.ndiags = ndiags;
	buf_release(b);
	return v;
}

static unsigned lines_until(const char *s)
{
	const char *end = strstr(text, s);
	unsigned n = 0;

	assert_non_null(end);
	for (const char *p = text; p < end; p++)
		n += *p == '\n';
	return n;
}

static void test_one_error(void **state)
{
	struct buf b = BUF_INIT;
	struct verdict v;

	add_error(&b, 10, "u32");
	v = build_of(&b);
	report(&v, false, 80);
	assert_true(says("x.rs:10:12: error[E0308]: mismatched types\n"));
	assert_true(says("note: two"));
	assert_true(says("Ok(value.into())"));
	assert_false(says("log --build"));
	diag_free(diags, ndiags);
}

/* Each with what it complains of and the first help, in one screen. */
static void test_many_errors(void **state)
{
	static const char *const found[] = {"u8", "u16", "u32", "u64",
					    "i8", "i16", "i32"};
	struct buf b = BUF_INIT;
	struct verdict v;

	for (unsigned i = 0; i < 7; i++)
		add_error(&b, 10 + i, found[i]);
	v = build_of(&b);
	report(&v, false, 80);
	for (unsigned i = 0; i < 5; i++) {
		char s[64];

		snprintf(s, sizeof(s), "x.rs:%u:12: error", 10 + i);
		assert_true(says(s));
		snprintf(s, sizeof(s), "expected `usize`, found `%s`",
			 found[i]);
		assert_true(says(s));
		snprintf(s, sizeof(s), "help: convert a `%s`", found[i]);
		assert_true(says(s));
	}
	assert_false(says("x.rs:15"));
	assert_true(says("and 2 more: 'log --build'"));
	assert_in_range(lines_until("and 2 more"), 20, 36);
	diag_free(diags, ndiags);
}

static void test_same_errors(void **state)
{
	struct buf b = BUF_INIT;
	struct verdict v;

	add_error(&b, 10, "u32");
	add_error(&b, 20, "u32");
	add_error(&b, 30, "u8");
	v = build_of(&b);
	report(&v, false, 80);
	assert_true(says("likewise at x.rs:20:12\n"));
	assert_true(says("found `u8`"));
	assert_int_equal(times("mismatched types"), 2);
	assert_false(says(" more"));
	diag_free(diags, ndiags);
}

/* What the worst messages mean, told once. */
static void test_advice(void **state)
{
	struct buf b = BUF_INIT;
	struct verdict v;

	buf_adds(&b, "error: expected `,`\n"
		     " --> x.rs:7:1\n"
		     "  |\n"
		     "7 | / module! {\n"
		     "  = note: this error originates in the macro `module`\n"
		     "\n"
		     "error[E0425]: cannot find value `__LOG_PREFIX` in the "
		     "crate root\n"
		     " --> x.rs:19:9\n\n"
		     "error[E0425]: cannot find value `__LOG_PREFIX` in the "
		     "crate\n"
		     " --> x.rs:20:9\n\n");
	v = build_of(&b);
	report(&v, false, 80);
	assert_int_equal(v.ndiags, 3);
	assert_int_equal(times("Every field of module! ends with a comma"), 1);
	assert_int_equal(times("pr_info! and its kin"), 1);
	diag_free(diags, ndiags);
}

/* On a terminal nothing is left to be broken by it; a pipe has it whole. */
static void test_width(void **state)
{
	struct buf b = BUF_INIT;
	struct verdict v;

	add_error(&b, 10, "a_type_of_some_length");
	v = build_of(&b);
	for (unsigned width = 40; width < 90; width += 7) {
		const char *s = report(&v, true, width);

		while (*s) {
			size_t n = strcspn(s, "\n");

			assert_true(glyph_columns(s, n) <= width);
			s += n + 1;
		}
	}
	report(&v, true, 50);
	/* The label is what the line is for: it goes on below itself. */
	assert_false(says("…"));
	report(&v, true, 55);
	assert_true(
		says("      |  10 |         Ok(value)\n"
		     "      |     |         -- ^^^^^ expected `usize`, found\n"
		     "      |     |         |        `a_type_of_some_length`\n"
		     "      |     |         |\n"
		     "      |     |         arguments are incorrect\n"));
	/* Or below the marks, where too little is left of the line. */
	report(&v, true, 42);
	assert_true(says("      |     |         -- ^^^^^\n"
			 "      |     | ^ expected `usize`, found\n"
			 "      |     |   `a_type_of_some_length`\n"));
	/* Source that does not fit goes on, and the marks stay below it. */
	report(&v, true, 26);
	assert_true(says("      |  10 |         Ok(v\n"
			 "      |     |         -- ^\n"
			 "      |   > | alue)\n"
			 "      |     | ^^^^\n"
			 "      |     | ^ expected\n"));
	report(&v, false, 50);
	assert_false(says("…"));
	assert_int_equal(times("expected `usize`"), 1);
	assert_true(says("x.rs:10:12: error[E0308]: mismatched types\n"));
	diag_free(diags, ndiags);
}

/* The help is what mends it: its line of source as well, and it is short. */
static void test_brief(void **state)
{
	struct term t = {.tty = true, .width = 80, .utf8 = true};
	struct strv none = STRV_INIT;
	struct buf b = BUF_INIT;
	struct verdict v;

	buf_adds(&b, "error[E0308]: mismatched types\n"
		     "  --> x.rs:6:46\n"
		     "   |\n"
		     " 6 |     fn init() -> Result<Self> {\n"
		     "   |        ----      ^^^^^^^^^^^^ expected `Result`\n"
		     "   |        |\n"
		     "   |        implicitly returns `()`\n"
		     "...\n"
		     "12 |         Ok(hello);\n"
		     "   |                  - help: remove this semicolon\n\n");
	for (int label = 1; label >= 0; label--) {
		if (!label)
			buf_adds(&b, "error[E0596]: cannot borrow `x`\n"
				     "  --> x.rs:7:5\n"
				     "   |\n"
				     " 7 |     x.push(1);\n"
				     "   |     ^ cannot borrow\n"
				     "   |\n"
				     "   = help: to override `-W x` add `y`\n"
				     "help: consider changing this\n"
				     "   |\n"
				     " 6 |     let mut x = 1;\n"
				     "   |         +++\n\n");
		v = build_of(&b);
		free(text);
		text = NULL;
		t.out = open_memstream(&text, &len);
		report_brief(&t, &v, NULL, &none);
		fclose(t.out);
		if (label)
			assert_true(
				says("      | 12 |         Ok(hello);\n"
				     "      |    |                  - help: "
				     "remove this semicolon\n"));
		else
			assert_true(says("      | help: consider changing this"
					 "\n"
					 "      |  6 |     let mut x = 1;\n"
					 "      |    |         +++\n"));
		/* The place is in the headline, and how to hush it no help. */
		assert_int_equal(times("x.rs:"), 1);
		assert_false(says("override"));
		diag_free(diags, ndiags);
	}
}

/* ---- checks ---- */

#define CHECK(n, r, m, ev)                                                     \
	{                                                                      \
		.id = (char *)n, .title = (char *)n, .points = 1, .result = r, \
		.message = (char *)m, .evidence = (char *)ev                   \
	}

static void test_checks(void **state)
{
	struct verdict_check checks[] = {
		CHECK("one", CHECK_PASSED, "fine", "proof of one"),
		CHECK("two", CHECK_FAILED, "case \"a\" failed: SET: no",
		      "# SET: no\nnot ok 2 a"),
		CHECK("three", CHECK_FAILED, "case \"b\" failed: SET: no",
		      "# SET: no\nnot ok 3 b"),
		CHECK("four", CHECK_FAILED, "expected \"x\"", "saw y"),
		CHECK("five", CHECK_FAILED, "case \"c\" failed: SET: no",
		      "# SET: no\nnot ok 4 c"),
		CHECK("six", CHECK_PASSED, "fine", "ok 5 d"),
		CHECK("seven", CHECK_PASSED, "fine", "1\n2\n3\n4\n5"),
		CHECK("eight", CHECK_FAILED, "expected \"z\"", "saw y"),
	};
	struct verdict v = {
		.outcome = OUTCOME_FAIL, .checks = checks, .nchecks = 8};

	report(&v, false, 80);
	assert_true(says("  ok    one (1/1)\n      | proof of one\n"
			 "  FAIL  two"));
	/* A test's own word, and what is too long, are left out. */
	assert_true(says("  ok    six (1/1)\n  ok    seven (1/1)\n  FAIL"));
	/* Lines of the log that four has shown are not shown again. */
	assert_true(says("  FAIL  eight (0/1)\n        expected \"z\"\n\n"));
	assert_true(says("case \"a\" failed: SET: no\n  FAIL  three (0/1) - "
			 "likewise\n"));
	assert_true(says("saw y"));
	/* "likewise" would be what four said. */
	assert_true(says("  FAIL  five (0/1)\n"));
	assert_false(says("not ok"));
}

/* On a screen that is too low, what matters most comes last. */
static void test_low_screen(void **state)
{
	struct verdict_check checks[] = {
		CHECK("one", CHECK_FAILED, "it gave no error", "saw y"),
		CHECK("two", CHECK_PASSED, "fine", NULL),
	};
	struct term t = {.tty = true, .width = 80, .utf8 = true};
	struct buf b = BUF_INIT;
	struct verdict v;

	buf_adds(&b,
		 "warning: unneeded `return`\n"
		 " --> x.rs:9:5\n"
		 "  |\n"
		 "  = help: for further information visit https://rust-lang."
		 "github.io/rust-clippy/master/index.html#needless_return\n"
		 "  = note: `-W clippy::needless-return` implied by `-W "
		 "clippy::all`\n\n"
		 "warning: unused `Result` that must be used\n"
		 " --> x.rs:7:5\n"
		 "  |\n"
		 "7 |     f();\n"
		 "  |     ^^^\n"
		 "  = note: `#[warn(unused_must_use)]` on by default\n\n");
	v = build_of(&b);
	v.outcome = OUTCOME_FAIL;
	v.checks = checks;
	v.nchecks = 2;
	for (t.height = 12; t.height < 100; t.height += 70) {
		free(text);
		text = NULL;
		t.out = open_memstream(&text, &len);
		report_show(&t, &v, NULL);
		fclose(t.out);
		if (t.height == 12)
			assert_true(lines_until("two") < lines_until("one"));
		else
			assert_true(lines_until("one") < lines_until("two"));
		/* The cause below both, lints that nothing asked for short. */
		assert_true(lines_until("one") < lines_until("x.rs:7"));
		assert_true(says("  x.rs:9:5: style: unneeded `return`\n"));
		assert_false(says("http"));
		assert_false(says("by default"));
	}
	diag_free(diags, ndiags);
}

static void test_crash(void **state)
{
	static const char why[] = "it was killed by SIGSEGV";
	struct verdict_check checks[] = {
		CHECK("a", CHECK_FAILED,
		      "no result for the case \"a\"; it was killed by SIGSEGV",
		      "Oops: one"),
		CHECK("b", CHECK_FAILED,
		      "no result for the case \"b\"; it was killed by SIGSEGV",
		      "Oops: one"),
		CHECK("c", CHECK_NOT_RUN, "\"rmmod x\" was not reached", NULL),
	};
	struct finding f = {.kind = FINDING_KASAN,
			    .title = (char *)"KASAN: bad access"};
	struct verdict v = {.outcome = OUTCOME_CRASH,
			    .reason = (char *)"the kernel reported: KASAN",
			    .checks = checks,
			    .nchecks = 3,
			    .findings = &f,
			    .nfindings = 1};

	report(&v, false, 80);
	assert_int_equal(times(why), 1);
	assert_int_equal(times("KASAN: bad access"), 1);
	assert_int_equal(times("Oops"), 0);
	assert_true(says("  FAIL  a (0/1) - not reached\n"
			 "  FAIL  b (0/1) - not reached\n"
			 "  -     c (0/1) - not reached\n"));
	assert_false(says("the kernel reported"));
	/* Nothing else has said it: then the log has to. */
	v.nfindings = 0;
	report(&v, false, 80);
	assert_int_equal(times("Oops: one"), 1);
	assert_true(says("the kernel reported"));
}

/* The place, the line that stands there, and Rust's names as paths. */
static void test_finding_line(void **state)
{
	struct finding f = {.kind = FINDING_KASAN,
			    .title = (char *)"KASAN: bad access",
			    .file = (char *)"test_report.c",
			    .line = 2};
	struct verdict v = {
		.outcome = OUTCOME_CRASH, .findings = &f, .nfindings = 1};

	report_in(&v, false, 80, "tests/unit");
	assert_true(says("      at test_report.c:2\n"
			 "      | /* A verdict as a person reads it,"));
	/* No such line, and not in the folder: the place alone. */
	f.line = 100000;
	report_in(&v, false, 80, "tests/unit");
	assert_true(says("      at test_report.c:100000\n\nNot yet"));
	f.file = (char *)"../unit/test_report.c";
	f.line = 2;
	report_in(&v, false, 80, "tests/unit");
	assert_false(says("A verdict as"));
	f.file = NULL;
	f.symbol = (char *)"_RNvMCs3oQS2rrSOml_6bad_rsNtB2_3Bad4push+0x1/0x2 "
			   "[bad_rs]";
	report(&v, false, 80);
	assert_true(says("      in bad_rs::Bad::push+0x1/0x2 [bad_rs]\n"));
}

/* A line that leaks each time it runs is told of once; another one too. */
static void test_same_leaks(void **state)
{
	struct finding f[4] = {
		{.kind = FINDING_LEAK, .line = 7, .explain = (char *)"Why."},
		{.kind = FINDING_LEAK, .line = 9, .explain = (char *)"Why."},
		{.kind = FINDING_LEAK, .line = 7, .explain = (char *)"Why."},
		{.kind = FINDING_LEAK, .line = 9, .explain = (char *)"Why."},
	};
	struct verdict v = {
		.outcome = OUTCOME_CRASH, .findings = f, .nfindings = 4};

	for (size_t i = 0; i < 4; i++) {
		f[i].title = (char *)"1 object was never freed";
		f[i].file = (char *)"x.rs";
	}
	report(&v, false, 80);
	assert_int_equal(times("x.rs:7"), 1);
	assert_int_equal(times("x.rs:9"), 1);
	assert_int_equal(times("Why."), 2);
	assert_true(says("\n      and 2 more leaks of the same lines\n"));
	/* Of what has no place nobody knows whether it is the same. */
	for (size_t i = 0; i < 4; i++)
		f[i].line = 0;
	report(&v, false, 80);
	assert_int_equal(times("Why."), 4);
	assert_false(says("more leak"));
}

/* ---- what programs printed ---- */

static void next_is(const char **rest, const struct spec *spec, size_t i,
		    const char *want)
{
	size_t n = 0;
	const char *s = run_output_next(rest, spec, i, &n);

	if (!want) {
		assert_null(s);
		return;
	}
	assert_non_null(s);
	assert_int_equal(n, strlen(want));
	assert_memory_equal(s, want, n);
}

static void test_run_output(void **state)
{
	struct plan_step plan[] = {{.label = (char *)"insmod a.ko"},
				   {.label = (char *)"run t"},
				   {.label = (char *)"run t 2"},
				   {.label = (char *)"read /x"}};
	struct spec spec = {.plan = plan, .nplan = 4};
	const char *rest =
		"--- run t\none\n--- mine\n--- run t\n--- read /x\n7\n";
	next_is(&rest, &spec, 0, NULL);
	next_is(&rest, &spec, 1, "one\n--- mine\n--- run t\n");
	next_is(&rest, &spec, 2, NULL);
	next_is(&rest, &spec, 3, "7\n");
	next_is(&rest, &spec, 3, NULL);
	rest = "--- run t 2\ntwo\n";
	next_is(&rest, &spec, 1, NULL);
	next_is(&rest, &spec, 2, "two\n");
	rest = "";
	next_is(&rest, &spec, 1, NULL);
}

/* ---- steps ---- */

static void step(const struct lesson_step *st, bool passed)
{
	struct term t = {.width = 60, .utf8 = true};
	struct buf b = BUF_INIT;

	step_text(&b, &t, st, passed, true);
	free(text);
	text = strdup(buf_str(&b));
	buf_release(&b);
}

static void test_steps(void **state)
{
	char *choices[] = {(char *)"this", (char *)"`that`", NULL};
	char *commands[] = {(char *)"lsmod", NULL};
	struct lesson_step ask = {.kind = LESSON_PREDICT,
				  .name = (char *)"ask",
				  .question = (char *)"What of Vec<u8>?",
				  .choices = {choices, 2},
				  .answer = 1,
				  .why = (char *)"So."};
	struct lesson_step look = {.kind = LESSON_EXPLORE,
				   .commands = {commands, 1},
				   .notice = (char *)"the order"};
	struct lesson_step read = {.kind = LESSON_READ};

	step(&ask, false);
	assert_true(says("What of Vec<u8>?\n\n  a) this\n  b) `that`\n"));
	assert_true(says("It is answered at its step: 'step ask'.\n"));
	assert_false(says("So."));
	step(&ask, true);
	assert_true(says("  b) `that`\n\nAnswer: b. So.\n"));
	assert_false(says("at its step"));
	step(&look, false);
	assert_true(says("\n    lsmod\n\nNotice: the order\n"));
	step(&read, true);
	assert_string_equal(text, "");
}

/* A check of a later step says only that; one of this step, all. */
static void test_later(void **state)
{
	char *ids[] = {(char *)"two", NULL};
	struct strv later = {ids, 1};
	struct verdict_check checks[] = {
		{.id = (char *)"one",
		 .title = (char *)"the first",
		 .result = CHECK_FAILED,
		 .points = 1,
		 .message = (char *)"the first is wrong"},
		{.id = (char *)"two",
		 .title = (char *)"the second",
		 .result = CHECK_FAILED,
		 .points = 1,
		 .message = (char *)"the second is wrong"},
	};
	struct verdict v = {.outcome = OUTCOME_FAIL,
			    .checks = checks,
			    .nchecks = 2,
			    .possible = 2};
	struct term t = {.width = 60, .utf8 = true};
	size_t size;

	free(text);
	text = NULL;
	t.out = open_memstream(&text, &size);
	report_show_part(&t, &v, NULL, &later);
	fclose(t.out);
	assert_true(says("  FAIL  the first (0/1)\n        the first is"));
	assert_true(says("  -     the second (0/1) - a later step\n"));
	assert_false(says("the second is wrong"));
	assert_true(says("Not yet (fail): 0 of 2 points."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_error),
		cmocka_unit_test(test_many_errors),
		cmocka_unit_test(test_same_errors),
		cmocka_unit_test(test_advice),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_brief),
		cmocka_unit_test(test_checks),
		cmocka_unit_test(test_low_screen),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_finding_line),
		cmocka_unit_test(test_same_leaks),
		cmocka_unit_test(test_run_output),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_later),
	};
	int r;

	setlocale(LC_ALL, "C.UTF-8");
	r = cmocka_run_group_tests(tests, NULL, NULL);
	free(text);
	return r;
}
