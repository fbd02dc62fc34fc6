/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The expected counts are those that the kernel's own
 * tools/testing/kunit/kunit_parser.py gives for the same text.
 */
#include "checker/ktap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ktap *parse(const char *text)
{
	struct ktap *k = ktap_new();
	size_t no = 0;

	assert_non_null(k);
	while (*text) {
		size_t n = strcspn(text, "\n");

		ktap_line(k, text, n, ++no);
		text += n + (text[n] == '\n');
	}
	ktap_finish(k);
	return k;
}

struct expected {
	const char *text;
	struct ktap_counts n; /* passed, failed, skipped, crashed, errors */
	enum ktap_status status;
};

#define SUITE(name, body) \
	"    KTAP version 1\n    # Subtest: " name "\n" body

static const struct expected table[] = {
	{"", {0}, KTAP_NONE},
	{"just a log\nok 1 not a test\n", {0}, KTAP_NONE},
	{"KTAP version 1\n1..0\n", {.errors = 1}, KTAP_NONE},
	{"KTAP version 1\n", {.errors = 1}, KTAP_INCOMPLETE},
	{"KTAP version 1\n1..2\nok 1 a\nok 2 b\n", {.passed = 2}, KTAP_PASS},
	{"KTAP version 1\n1..2\nok 1 - a\nnot ok 2 - b\n",
	 {.passed = 1, .failed = 1}, KTAP_FAIL},
	{"KTAP version 1\n1..1\nok 1 a # SKIP no device\n", {.skipped = 1},
	 KTAP_SKIP},
	{"KTAP version 1\n1..1\nnot ok 1 a # SKIP\n", {.skipped = 1},
	 KTAP_SKIP},
	{"KTAP version 1\n1..1\nnot ok 1 a # TODO later\n", {.failed = 1},
	 KTAP_FAIL},
	/* Announced and never seen. */
	{"KTAP version 1\n1..3\nok 1 a\n",
	 {.passed = 1, .crashed = 2, .errors = 2}, KTAP_INCOMPLETE},
	/* A number out of order at the top is counted, and harmless. */
	{"KTAP version 1\n1..1\nok 7 a\n", {.passed = 1, .errors = 1},
	 KTAP_PASS},
	{"KTAP version 2\n1..1\nok 1 a\n", {.passed = 1, .errors = 1},
	 KTAP_PASS},
	/* Not results: a '#' that opens no directive, no number, no plan. */
	{"KTAP version 1\n1..1\nnot ok 1 a #b\nnot ok 1 a# b\n"
	 "ok x\nok\nok 1 c\n",
	 {.passed = 1}, KTAP_PASS},
	/* A suite, and the log around it. */
	{"KTAP version 1\n1..1\n"
	 SUITE("s", "    # module: m\n    1..2\n    ok 1 a\nkernel: noise\n"
		    "    ok 2 b\n    # s: pass:2 fail:0 skip:0 total:2\n")
	 "ok 1 s\nok 2 after the plan\n",
	 {.passed = 2}, KTAP_PASS},
	/* A Rust suite: no "# module:", one test, no totals. */
	{"KTAP version 1\n1..1\n" SUITE("r", "    1..1\n    ok 1 a\n")
	 "ok 1 r\n",
	 {.passed = 1}, KTAP_PASS},
	/* Only the header, or only the version line. */
	{"TAP version 14\n1..1\n\t# Subtest: s\n\t1..1\n\tok 1 a\nok 1 - s\n",
	 {.passed = 1}, KTAP_PASS},
	{"KTAP version 1\n1..1\n  KTAP version 1\n  1..2\n  ok 1 a\n"
	 "  ok 2 b\nok 1 s\n",
	 {.passed = 2}, KTAP_PASS},
	/* Parameterised cases, three deep. */
	{"KTAP version 1\n1..1\n"
	 SUITE("s", "    1..1\n        KTAP version 1\n"
		    "        # Subtest: p\n        ok 1 x\n"
		    "        not ok 2 y\n    not ok 1 p\n")
	 "not ok 1 s\n",
	 {.passed = 1, .failed = 1}, KTAP_FAIL},
	/* Every case passed, and the suite failed: kunit counts one more. */
	{"KTAP version 1\n1..1\n" SUITE("s", "    1..1\n    ok 1 a\n")
	 "not ok 1 s\n",
	 {.passed = 1, .failed = 1}, KTAP_FAIL},
	/* The suite's end came before its cases. */
	{"KTAP version 1\n1..1\n" SUITE("s", "    1..3\n    ok 1 a\n")
	 "ok 1 s\n",
	 {.passed = 1, .crashed = 2, .errors = 2}, KTAP_INCOMPLETE},
	/* The log stops in the middle of a suite. */
	{"KTAP version 1\n1..2\n" SUITE("s", "    1..2\n    ok 1 a\n"),
	 {.passed = 1, .crashed = 2, .errors = 3}, KTAP_CRASH},
	/* The plan of a suite is missing. */
	{"KTAP version 1\n1..1\n" SUITE("s", "    ok 1 a\n") "ok 1 s\n",
	 {.passed = 1}, KTAP_INCOMPLETE},
	/* A case got lost, and another one took its place. */
	{"KTAP version 1\n1..1\n"
	 SUITE("s", "    1..2\n    ok 1 a\n    ok 3 c\n") "ok 1 s\n",
	 {.passed = 2, .errors = 1}, KTAP_INCOMPLETE},
	/* A suite without a test. */
	{"KTAP version 1\n1..1\n" SUITE("s", "    1..0\n") "ok 1 s\n",
	 {.crashed = 1, .errors = 1}, KTAP_INCOMPLETE},
	/* The tests are over: the kernel says so. */
	/* A log that starts in the middle: its margin is where it starts. */
	{"    KTAP version 1\n    1..2\n    ok 1 a\nxxxxList of all partitions:"
	 "\n    ok 2 b\n",
	 {.passed = 1, .crashed = 1, .errors = 1}, KTAP_INCOMPLETE},
	{"KTAP version 1\n1..2\nok 1 a\nList of all partitions:\nok 2 b\n",
	 {.passed = 1, .crashed = 1, .errors = 1}, KTAP_INCOMPLETE},
};

static void counts_are_kunits(void **state)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct ktap *k = parse(table[i].text);
		struct ktap_counts n = ktap_counts(k);

		if (memcmp(&n, &table[i].n, sizeof(n)) != 0 ||
		    ktap_status(k) != table[i].status)
			fail_msg("row %zu: %u %u %u %u %u %s\n%s", i, n.passed,
				 n.failed, n.skipped, n.crashed, n.errors,
				 ktap_status_name(ktap_status(k)),
				 table[i].text);
		ktap_free(k);
	}
}

/* Two modules, each with its own document; and one that crashed before. */
static void documents_add_up(void **state)
{
	struct ktap *k = parse("KTAP version 1\n1..1\n"
			       SUITE("a", "    1..1\n    ok 1 x\n") "ok 1 a\n"
			       "something else\n"
			       "KTAP version 1\n1..1\n"
			       SUITE("b", "    1..1\n    ok 1 y\n") "ok 2 b\n");
	struct ktap_counts n = ktap_counts(k);

	assert_int_equal(n.passed, 2);
	assert_int_equal(n.errors, 0);
	assert_int_equal(ktap_status(k), KTAP_PASS);
	assert_int_equal(ktap_root(k)->nsub, 2);
	ktap_free(k);

	k = parse("KTAP version 1\n1..1\n"
		  SUITE("a", "    1..2\n    ok 1 x\n")
		  "KTAP version 1\n1..1\n"
		  SUITE("b", "    1..1\n    ok 1 y\n") "ok 1 b\n");
	assert_int_equal(ktap_status(k), KTAP_CRASH);
	assert_int_equal(ktap_find(k, "a", NULL)->status, KTAP_CRASH);
	assert_int_equal(ktap_find(k, "b", NULL)->status, KTAP_PASS);
	assert_int_equal(ktap_counts(k).crashed, 1);
	ktap_free(k);
}

static void finds_suites_and_cases(void **state)
{
	struct ktap *k = parse("KTAP version 1\n1..2\n"
			       SUITE("a", "    1..1\n    ok 1 same\n")
			       "ok 1 a\n"
			       SUITE("b", "    1..2\n    not ok 1 same\n"
					  "    ok 2 other # SKIP why not\n")
			       "not ok 2 b\n");
	const struct ktap_test *t;

	assert_int_equal(ktap_find(k, "a", "same")->status, KTAP_PASS);
	assert_int_equal(ktap_find(k, "b", "same")->status, KTAP_FAIL);
	assert_int_equal(ktap_find(k, "a", NULL)->status, KTAP_PASS);
	assert_int_equal(ktap_find(k, "b", NULL)->status, KTAP_FAIL);
	assert_null(ktap_find(k, "a", "other"));
	assert_null(ktap_find(k, "c", NULL));
	t = ktap_find(k, "b", "other");
	assert_int_equal(t->status, KTAP_SKIP);
	assert_string_equal(t->directive, "why not");
	assert_int_equal(t->line, 12);
	t = ktap_find(k, "b", NULL);
	assert_true(t->has_plan);
	assert_int_equal(t->planned, 2);
	ktap_free(k);
}

static void failures_keep_their_diagnostics(void **state)
{
	struct ktap *k = parse(
		"KTAP version 1\n1..1\n"
		SUITE("s", "    1..2\n    # ok\n    ok 1 a\n"
			   "    # b: EXPECTATION FAILED at wrap.c:12\n"
			   "    Expected x == 2, but\n    not ok 2 b\n")
		"not ok 1 s\n");

	assert_null(ktap_find(k, "s", "a")->message);
	assert_string_equal(ktap_find(k, "s", "b")->message,
			    "    # b: EXPECTATION FAILED at wrap.c:12\n"
			    "    Expected x == 2, but");
	ktap_free(k);
}

static void names_and_directives(void **state)
{
	struct ktap *k = parse("KTAP version 1\n1..4\n"
			       "ok 1 :- dashed name\n"
			       "ok 2 a # b # SKIP c\n"
			       "ok 3\nnot ok 4 - t # TODO not yet\n");
	const struct ktap_test *t = ktap_root(k)->sub;

	assert_int_equal(ktap_root(k)->nsub, 4);
	assert_string_equal(t[0].name, "dashed name");
	assert_string_equal(t[1].name, "a # b");
	assert_string_equal(t[1].directive, "c");
	assert_string_equal(t[2].name, "");
	assert_string_equal(t[3].directive, "not yet");
	ktap_free(k);
}

/* Depth, names and numbers of tests are bounded, and a cut is no pass. */
static void hostile_depth(void **state)
{
	struct ktap *k = ktap_new();
	char line[64];

	ktap_line(k, "KTAP version 1", 14, 1);
	for (size_t i = 0; i < 10000; i++) {
		int n = snprintf(line, sizeof(line), "  # Subtest: s%zu", i);

		ktap_line(k, line, (size_t)n, i + 2);
		ktap_line(k, "1..1", 4, i + 2);
	}
	ktap_line(k, "ok 1 leaf", 9, 1);
	ktap_finish(k);
	assert_int_not_equal(ktap_status(k), KTAP_PASS);
	assert_true(ktap_counts(k).errors >= 10000 - KTAP_MAX_DEPTH);
	ktap_free(k);
}

/* What is still allowed must work. */
static void deep_nesting(void **state)
{
	struct ktap *k = ktap_new();
	char line[64];
	int depth = 20;

	ktap_line(k, "KTAP version 1", 14, 1);
	ktap_line(k, "1..1", 4, 1);
	for (int i = 0; i < depth; i++) {
		int n = snprintf(line, sizeof(line), "  # Subtest: s%d", i);

		ktap_line(k, line, (size_t)n, 1);
		ktap_line(k, "  1..1", 6, 1);
	}
	ktap_line(k, "  ok 1 leaf", 11, 1);
	for (int i = depth; i-- > 0;) {
		int n = snprintf(line, sizeof(line), "ok 1 s%d", i);

		ktap_line(k, line, (size_t)n, 1);
	}
	ktap_finish(k);
	assert_int_equal(ktap_status(k), KTAP_PASS);
	assert_int_equal(ktap_counts(k).passed, 1);
	assert_non_null(ktap_find(k, "s3", "leaf"));
	ktap_free(k);
}

static void hostile_name(void **state)
{
	char line[5000] = "ok 1 ";
	struct ktap *k = ktap_new();

	memset(line + 5, 'x', sizeof(line) - 5);
	ktap_line(k, "KTAP version 1", 14, 1);
	ktap_line(k, "1..1", 4, 2);
	ktap_line(k, line, sizeof(line), 3);
	ktap_finish(k);
	assert_int_equal(strlen(ktap_root(k)->sub[0].name), KTAP_MAX_NAME);
	assert_int_equal(ktap_counts(k).passed, 1);
	assert_int_equal(ktap_status(k), KTAP_INCOMPLETE);
	ktap_free(k);
}

static void hostile_count(void **state)
{
	struct ktap *k = ktap_new();
	size_t many = KTAP_MAX_TESTS + 10;

	ktap_line(k, "KTAP version 1", 14, 1);
	ktap_line(k, "1..99999999999999999999", 23, 2);
	for (size_t i = 1; i <= many; i++) {
		char line[64];
		int n = snprintf(line, sizeof(line), "ok %zu t", i);

		ktap_line(k, line, (size_t)n, i);
	}
	ktap_finish(k);
	assert_int_equal(ktap_counts(k).passed, many);
	assert_int_equal(ktap_root(k)->nsub, KTAP_MAX_TESTS);
	assert_int_equal(ktap_status(k), KTAP_INCOMPLETE);
	/* The rest of the plan is missing, and the sum does not wrap. */
	assert_true(ktap_counts(k).crashed >= 4000000000u);
	ktap_free(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_kunits),
		cmocka_unit_test(documents_add_up),
		cmocka_unit_test(finds_suites_and_cases),
		cmocka_unit_test(failures_keep_their_diagnostics),
		cmocka_unit_test(names_and_directives),
		cmocka_unit_test(deep_nesting),
		cmocka_unit_test(hostile_depth),
		cmocka_unit_test(hostile_name),
		cmocka_unit_test(hostile_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
