/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "shell/difference.h"
#include "shell/fileset.h"
#include "shell/term.h"
#include "shell/when.h"

#include <time.h>

static struct fileset a, b;
static struct difference d;

static int release(void **state)
{
	fileset_release(&a);
	fileset_release(&b);
	difference_release(&d);
	return 0;
}

static void fill(struct fileset *f, const char *name, const char *text)
{
	buf_adds(fileset_add(f, name), text);
}

static void make(const char *only)
{
	struct err e = ERR_INIT;

	if (difference_make(&d, &a, "old", &b, "new", only, &e) < 0)
		fail_msg("%s %s", e.what, e.where);
}

static void test_same(void **state)
{
	fill(&a, "x", "one\n");
	fill(&b, "x", "one\n");
	make(NULL);
	assert_int_equal(d.text.len, 0);
	assert_int_equal(d.added + d.removed, 0);
}

/* Lines that look like heads are counted as what they are. */
static void test_counts(void **state)
{
	fill(&a, "x", "one\n-- two\nthree\n");
	fill(&b, "x", "one\n++ four\nthree\nfive\n");
	make(NULL);
	assert_int_equal(d.added, 2);
	assert_int_equal(d.removed, 1);
	assert_string_equal(buf_str(&d.text), "--- x\told\n+++ x\tnew\n"
					      "@@ -1,3 +1,4 @@\n one\n"
					      "--- two\n+++ four\n three\n"
					      "+five\n");
}

static void test_files(void **state)
{
	fill(&a, "gone", "1\n");
	fill(&a, "x", "1\n");
	fill(&b, "came", "2\n");
	fill(&b, "x", "2\n");
	make(NULL);
	assert_non_null(strstr(buf_str(&d.text), "+++ gone\tnew (not there)"));
	assert_non_null(strstr(buf_str(&d.text), "--- came\told (not there)"));
	assert_int_equal(d.added, 2);
	assert_int_equal(d.removed, 2);
	difference_release(&d);
	make("x");
	assert_int_equal(d.added, 1);
	assert_null(strstr(buf_str(&d.text), "gone"));
}

static void test_not_text(void **state)
{
	buf_add(fileset_add(&a, "x"), "\0a", 2);
	buf_add(fileset_add(&b, "x"), "\0b", 2);
	make(NULL);
	assert_non_null(strstr(buf_str(&d.text), "differ"));
}

static void test_no_diff(void **state)
{
	char *path = strdup(getenv("PATH"));
	struct err e = ERR_INIT;

	fill(&a, "x", "one\n");
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(difference_make(&d, &a, "", &b, "", NULL, &e), -1);
	assert_non_null(strstr(e.next, "diffutils"));
	setenv("PATH", path, 1);
	free(path);
}

/* A file cannot move the cursor. */
static void test_colours(void **state)
{
	struct term t = {.color = true, .width = 80};
	struct buf out = BUF_INIT;

	fill(&a, "x", "\033[2Jx\n");
	fill(&b, "x", "y\n");
	make(NULL);
	difference_add(&out, &t, &d);
	assert_null(strstr(buf_str(&out), "[2J\033"));
	assert_null(strstr(buf_str(&out), "\033[2J"));
	assert_non_null(strstr(buf_str(&out), "?[2Jx"));
	assert_non_null(strstr(buf_str(&out), term_on(&t, TERM_GOOD)));
	buf_release(&out);
}

/* ---- when ---- */

static void when(const char *expect, time_t at, time_t now)
{
	struct buf out = BUF_INIT;

	when_add(&out, at, now);
	assert_string_equal(buf_str(&out), expect);
	buf_release(&out);
}

static void test_when(void **state)
{
	const time_t noon = 1800014400; /* Fri 2027-01-15 12:00 UTC */

	setenv("TZ", "UTC0", 1);
	tzset();
	when("today 12:00", noon, noon);
	when("today 00:00", noon - 12 * 3600, noon);
	when("yesterday 23:59", noon - 12 * 3600 - 60, noon);
	when("Wed 12:00", noon - 2 * 86400, noon);
	when("Sat 12:00", noon - 6 * 86400, noon);
	when("2027-01-08 12:00", noon - 7 * 86400, noon);
	/* A clock that went back. */
	when("2027-01-16 12:00", noon + 86400, noon);
	setenv("TZ", "XXX-14", 1);
	tzset();
	when("today 02:00", noon, noon);
}

static void test_long(void **state)
{
	struct buf out = BUF_INIT;

	setenv("TZ", "UTC0", 1);
	tzset();
	when_add_long(&out, 1800014400, 1800014400 + 130);
	assert_string_equal(buf_str(&out),
			    "2027-01-15 12:00:00, 2 minutes ago");
	buf_clear(&out);
	when_add_ms(&out, 61999);
	buf_addc(&out, ' ');
	when_add_ms(&out, 59999);
	assert_string_equal(buf_str(&out), "1 min 1 s 59.9 s");
	buf_release(&out);
}

#define TEST(name) cmocka_unit_test_teardown(name, release)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_same),     TEST(test_counts),	 TEST(test_files),
		TEST(test_not_text), TEST(test_no_diff), TEST(test_colours),
		TEST(test_when),     TEST(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
