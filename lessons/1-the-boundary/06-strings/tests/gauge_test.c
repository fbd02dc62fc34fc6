// SPDX-License-Identifier: GPL-2.0
/*
 * What a caller in C may rely on. Lines and buffers come from kmalloc and are
 * exactly as large as needed, so that KASAN notices one byte too many.
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/string.h>

#include "gauge.h"
#include "panel.h"

#define UNTOUCHED 0xa5
#define NO_VALUE 0xdeadbeef

/* A line of its own memory, with nothing behind its NUL. */
static char *line_of(struct kunit *test, const char *text)
{
	char *line = kunit_kmalloc(test, strlen(text) + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, line);
	memcpy(line, text, strlen(text) + 1);
	return line;
}

static char *room(struct kunit *test, size_t size)
{
	char *p = kunit_kmalloc(test, size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, UNTOUCHED, size);
	return p;
}

/* The line has this name and this value, and the name just fits. */
static void expect_line(struct kunit *test, const char *text, const char *name,
			unsigned int value, const char *why)
{
	size_t size = strlen(name) + 1;
	char *buf = room(test, size);
	unsigned int got = NO_VALUE;
	int err = gauge_parse(line_of(test, text), buf, size, &got);

	KUNIT_EXPECT_EQ_MSG(test, err, 0,
			    "gauge_parse(\"%*pE\") should be 0: %s",
			    (int)strlen(text), text, why);
	if (err)
		return;
	KUNIT_EXPECT_EQ_MSG(test, got, value, "the value of \"%*pE\": %s",
			    (int)strlen(text), text, why);
	KUNIT_EXPECT_MEMEQ_MSG(test, buf, name, size,
			       "the name in \"%*pE\", with its NUL: %s",
			       (int)strlen(text), text, why);
}

/* The line is refused with this error, and nothing is written. */
static void expect_refused(struct kunit *test, const char *text, size_t size,
			   int err, const char *why)
{
	char *buf = room(test, 32);
	char *line = text ? line_of(test, text) : NULL;
	unsigned int got = NO_VALUE;
	size_t i;

	KUNIT_EXPECT_EQ_MSG(test, gauge_parse(line, buf, size, &got), err,
			    "gauge_parse(\"%*pE\") with room for %zu: %s",
			    text ? (int)strlen(text) : 0, text, size, why);
	KUNIT_EXPECT_EQ_MSG(test, got, NO_VALUE,
			    "it fails, but has written a value");
	for (i = 0; i < 32 && (u8)buf[i] == UNTOUCHED; i++)
		;
	KUNIT_EXPECT_EQ_MSG(test, i, 32,
			    "it fails, but has written to the name's buffer");
}

static void a_plain_line(struct kunit *test)
{
	expect_line(test, "depth=12", "depth", 12, "a plain line");
	expect_line(test, "x=0", "x", 0, "one letter, and zero");
}

static void a_newline_is_no_part_of_it(struct kunit *test)
{
	expect_line(test, "depth=12\n", "depth", 12,
		    "echo sends a newline, which is no part of the number");
}

static void numbers_are_those_of_kstrtouint(struct kunit *test)
{
	expect_line(test, "mask=0x1F", "mask", 31, "0x means hexadecimal");
	expect_line(test, "mode=0755", "mode", 493, "0 means octal");
	expect_line(test, "most=4294967295", "most", 4294967295u,
		    "the largest unsigned int");
}

static void a_name_is_bytes(struct kunit *test)
{
	expect_line(test, "caf\xe9=3", "caf\xe9", 3,
		    "a name may have bytes that are no UTF-8, as 0xe9 here");
	expect_line(test, "Z\xc3\xbcrich=8001", "Z\xc3\xbcrich", 8001,
		    "the name has 7 bytes, though 6 characters");
	expect_line(test, " a b =1", " a b ", 1, "spaces are bytes too");
}

static void the_name_stays_in_its_room(struct kunit *test)
{
	char *buf = room(test, 32);
	unsigned int got = NO_VALUE;

	KUNIT_ASSERT_EQ(test, gauge_parse(line_of(test, "depth=12"), buf, 32, &got), 0);
	KUNIT_EXPECT_EQ_MSG(test, buf[5], 0, "no NUL behind the name");
	KUNIT_EXPECT_EQ_MSG(test, (u8)buf[6], UNTOUCHED,
			    "something was written behind the name's NUL");
}

static struct kunit_case line_cases[] = {
	KUNIT_CASE(a_plain_line),
	KUNIT_CASE(a_newline_is_no_part_of_it),
	KUNIT_CASE(numbers_are_those_of_kstrtouint),
	KUNIT_CASE(a_name_is_bytes),
	KUNIT_CASE(the_name_stays_in_its_room),
	{}
};

static struct kunit_suite line_suite = {
	.name = "gauge_lines",
	.test_cases = line_cases,
};

static void no_equals_sign(struct kunit *test)
{
	expect_refused(test, "depth", 32, -EINVAL, "there is no '='");
	expect_refused(test, "", 32, -EINVAL, "the line is empty");
	expect_refused(test, "\n", 32, -EINVAL, "the line is empty");
}

static void no_name(struct kunit *test)
{
	expect_refused(test, "=12", 32, -EINVAL, "the name is empty");
}

static void no_number(struct kunit *test)
{
	expect_refused(test, "depth=", 32, -EINVAL, "the number is empty");
	expect_refused(test, "depth=12m", 32, -EINVAL, "12m is no number");
	expect_refused(test, "depth=-1", 32, -EINVAL, "-1 is no unsigned int");
	expect_refused(test, "depth=4294967296", 32, -EINVAL, "that is too large");
	expect_refused(test, "depth=12\n\n", 32, -EINVAL, "one newline may stand there, not two");
	expect_refused(test, "depth=\xb9\xb2", 32, -EINVAL, "these are no digits");
}

static void cut_at_the_first_sign(struct kunit *test)
{
	expect_refused(test, "a=b=3", 32, -EINVAL,
		       "the name ends at the first '=', and b=3 is no number");
}

static void no_room_for_the_name(struct kunit *test)
{
	expect_refused(test, "depth=12", 5, -ENAMETOOLONG,
		       "five letters and a NUL need 6");
	expect_refused(test, "depth=12", 1, -ENAMETOOLONG,
		       "five letters and a NUL need 6");
	expect_refused(test, "depth=12", 0, -ENAMETOOLONG, "there is no room at all");
}

static struct kunit_case refused_cases[] = {
	KUNIT_CASE(no_equals_sign),
	KUNIT_CASE(no_name),
	KUNIT_CASE(no_number),
	KUNIT_CASE(cut_at_the_first_sign),
	KUNIT_CASE(no_room_for_the_name),
	{}
};

static struct kunit_suite refused_suite = {
	.name = "gauge_refused",
	.test_cases = refused_cases,
};

static void a_name_and_a_value(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, gauge_show(line_of(test, "depth"), 12), 0);
	KUNIT_EXPECT_STREQ(test, panel_text(), "depth: 12");
	KUNIT_EXPECT_EQ(test, gauge_show(line_of(test, ""), 4294967295u), 0);
	KUNIT_EXPECT_STREQ(test, panel_text(), ": 4294967295");
}

static void what_is_not_ascii_is_escaped(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, gauge_show(line_of(test, "caf\xe9"), 3), 0,
			    "a name may have bytes that are no UTF-8");
	KUNIT_EXPECT_STREQ(test, panel_text(), "caf\\xe9: 3");
	KUNIT_EXPECT_EQ(test, gauge_show(line_of(test, "Z\xc3\xbcrich"), 8001), 0);
	KUNIT_EXPECT_STREQ_MSG(test, panel_text(), "Z\\xc3\\xbcrich: 8001",
			       "the panel knows ASCII only, UTF-8 or not");
	KUNIT_EXPECT_EQ(test, gauge_show(line_of(test, "a\tb"), 1), 0);
	KUNIT_EXPECT_STREQ_MSG(test, panel_text(), "a\\x09b: 1",
			       "a tab is \\xNN like all that is not printable; a &CStr prints so, a &BStr does not");
}

static void as_wide_as_the_panel(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, gauge_show(line_of(test, "a name of 20 letters"), 77), 0);
	KUNIT_EXPECT_STREQ(test, panel_text(), "a name of 20 letters: 77");
}

static void too_wide_is_e2big(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, gauge_show(line_of(test, "before"), 1), 0);
	KUNIT_EXPECT_EQ_MSG(test, gauge_show(line_of(test, "a name of 20 letters"), 777),
			    -E2BIG, "what panel_show() answers must reach the caller");
	KUNIT_EXPECT_STREQ(test, panel_text(), "before: 1");
}

static struct kunit_case panel_cases[] = {
	KUNIT_CASE(a_name_and_a_value),
	KUNIT_CASE(what_is_not_ascii_is_escaped),
	KUNIT_CASE(as_wide_as_the_panel),
	KUNIT_CASE(too_wide_is_e2big),
	{}
};

static struct kunit_suite panel_suite = {
	.name = "gauge_panel",
	.test_cases = panel_cases,
};

/* These come last, for who does not look at the pointer ends here. */
static void no_line(struct kunit *test)
{
	expect_refused(test, NULL, 32, -EINVAL, "there is no line");
}

static void no_name_to_show(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, gauge_show(NULL, 1), -EINVAL, "there is no name");
}

static struct kunit_case null_cases[] = {
	KUNIT_CASE(no_line),
	KUNIT_CASE(no_name_to_show),
	{}
};

static struct kunit_suite null_suite = {
	.name = "gauge_null",
	.test_cases = null_cases,
};

kunit_test_suites(&line_suite, &refused_suite, &panel_suite, &null_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.6");
MODULE_LICENSE("GPL");
