/* SPDX-License-Identifier: GPL-2.0-or-later */
/* needle: which patterns are taken, what they fit, and at what cost. */
#include "checker/needle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_refused(void **state)
{
	static const struct {
		const char *pattern, *why;
	} want[] = {
		{"(a)\\1", "back-references"},
		{"a{2}", "{n}, are not allowed"},
		{"a{,9}", "{n}, are not allowed"},
		{"(a", "Unmatched"},
		{"a)", "a ) without"},
		{"[a", "Unmatched [" /* of regerror(3) */},
		{"[[:digt:]]", "Invalid character class"},
		{"[b-a]", "Invalid range"},
		{"\\d+", "may stand only before"},
		{"a\\", "may stand only before"},
		{"*a", "nothing before"},
		{"a|+b", "nothing before"},
		{"(?:a)", "nothing before"},
		{"a*", "fits an empty line"},
		{"^", "fits an empty line"},
		{"a|", "fits an empty line"},
		{"a++", "only one of * + ?"},
		{"a+?", "only one of * + ?"},
		{"((((a+)+)+)+)", "three deep"},
		{"((((((((((((((((((((((((((((((((", "too many ("},
	};
	char why[160];

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		if (needle_pattern_ok(want[i].pattern, why, sizeof(why)))
			fail_msg("%s: taken", want[i].pattern);
		if (!strstr(why, want[i].why))
			fail_msg("%s: \"%s\"", want[i].pattern, why);
	}
}

static void test_too_long(void **state)
{
	char text[NEEDLE_PATTERN + 2], why[160];

	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_false(needle_pattern_ok(text, why, sizeof(why)));
	assert_string_equal(why, "it has 201 bytes, at most 200 are allowed");
	text[sizeof(text) - 2] = '\0';
	assert_true(needle_pattern_ok(text, why, sizeof(why)));
}

static bool fits(const char *pattern, const char *line)
{
	struct needle n;
	bool found;

	if (needle_init(&n, pattern, true) < 0)
		fail_msg("%s: refused", pattern);
	found = needle_in(&n, line, strlen(line));
	needle_release(&n);
	return found;
}

static void test_fits(void **state)
{
	assert_true(fits("^ring: [0-9]+ of (4|8)$", "ring: 12 of 8"));
	assert_false(fits("^ring: [0-9]+ of (4|8)$", "ring: 12 of 80"));
	assert_true(fits("b.d", "abcde"));
	assert_true(fits("a\\.c\\[[]x]\\]", "a.c[]]"));
	assert_true(fits("([0-9]+, )*end", "1, 2, end"));
	assert_true(fits("[[:space:]]x", "y\tx"));
	assert_false(fits("x", ""));
}

/* The text of a line need not end in a NUL, and the rest does not count. */
static void test_part(void **state)
{
	struct needle n;

	assert_int_equal(needle_init(&n, "ab$", true), 0);
	assert_true(needle_in(&n, "abab", 2));
	assert_false(needle_in(&n, "abab", 3));
	needle_release(&n);
	assert_int_equal(needle_init(&n, "a(b", false), 0);
	assert_true(needle_in(&n, "a(b", 3));
	assert_false(needle_in(&n, "a(b", 2));
	needle_release(&n);
}

/* Behind the first 1000 bytes nothing is found, and no end of the line. */
static void test_long_line(void **state)
{
	char line[3000];
	struct needle n;

	memset(line, 'a', sizeof(line));
	memcpy(line + 990, "bcd", 3);
	memcpy(line + 2000, "bde", 3);
	assert_int_equal(needle_init(&n, "b(cd|de)", true), 0);
	assert_true(needle_in(&n, line, sizeof(line)));
	assert_false(needle_in(&n, line + 1000, sizeof(line) - 1000 - 992));
	needle_release(&n);
	assert_int_equal(needle_init(&n, "a$", true), 0);
	assert_false(needle_in(&n, line, sizeof(line)));
	needle_release(&n);
}

/* The worst that can be written, on the worst lines: it comes to an end. */
static void test_cost(void **state)
{
	static const char bad[] = "(.*a.*b?)*a....................c";
	char line[NEEDLE_LINE];
	struct needle n;
	unsigned seed = 1, lines = 0;

	assert_int_equal(needle_init(&n, bad, true), 0);
	while (!needle_is_spent(&n) && lines++ < 100000) {
		for (size_t i = 0; i < sizeof(line); i++)
			line[i] = "ab"[rand_r(&seed) >> 8 & 1];
		assert_false(needle_in(&n, line, sizeof(line)));
	}
	/* However long a single one takes, it is about this. */
	assert_true(n.spent_us < 3000000);
	assert_true(needle_is_spent(&n));
	assert_false(needle_in(&n, "axxxxxxxxxxxxxxxxxxxxc", 22));
	needle_release(&n);
}

static void plain_is(const char *pattern, const char *want)
{
	struct buf b = BUF_INIT;

	needle_plain(&b, pattern, true);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void test_plain(void **state)
{
	plain_is("^ring: read [0-9]+$", "ring: read ");
	plain_is("[abcdef]ab*cd", "cd");
	plain_is("x\\.long one", "long one");
	plain_is("...", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_part),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_cost),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
