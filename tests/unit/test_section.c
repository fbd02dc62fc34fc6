/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/section.h"
#include "checker/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_names(const char *text, const char *want)
{
	struct buf names = BUF_INIT;
	struct section s;
	unsigned line = 0;
	size_t at = 0, sum = 0;

	while (section_next(&s, text, strlen(text), &at, &line)) {
		buf_addf(&names, "[%s:%u]", s.name, s.line);
		assert_ptr_equal(s.text, text + sum);
		sum += s.len;
	}
	/* Nothing is lost between the sections. */
	assert_int_equal(sum, strlen(text));
	assert_string_equal(buf_str(&names), want);
	buf_release(&names);
}

static void test_names(void **state)
{
	assert_names("", "[:1]");
	assert_names("no heading at all", "[:1]");
	assert_names("## One\nx\n## Two words\n", "[:1][one:1][two-words:3]");
	assert_names("# Title\n\n## What's `it`, C++?\n",
		     "[:1][whats-it-c:3]");
	assert_names("## Any thing {#other-name}\n", "[:1][other-name:1]");
	assert_names("## A {b}\n", "[:1][a-b:1]");
	assert_names("##   Spaced \t\n", "[:1][spaced:1]");
	assert_names("## −22 is Größe\n", "[:1][−22-is-größe:1]");
	assert_names("##none\n##\n### deep\n#hash\n", "[:1]");
	/* A second title ends the section before it and is none itself. */
	assert_names("## a\nx\n# T\ny\n## b\n", "[:1][a:1][:3][b:5]");
}

static void test_fences(void **state)
{
	assert_names("```\n## no\n```\n## yes\n", "[:1][yes:4]");
	assert_names("## a\n~~~make\n## no\n```\n## no\n~~~\n## b\n",
		     "[:1][a:1][b:7]");
	assert_names("````\n```\n## no\n````\n## yes\n", "[:1][yes:5]");
	assert_names("```\n## no\n``` x\n## no\n", "[:1]");
	assert_names("   ```c\n## no\n   ```\n## yes\n", "[:1][yes:4]");
	assert_names("`` two\n## yes\n", "[:1][yes:2]");
}

static void assert_prints(const char *text, const char *name,
			  const char *want)
{
	struct buf out = BUF_INIT;
	struct section s;

	assert_true(section_find(&s, text, strlen(text), name));
	section_print(&s, &out);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void test_print(void **state)
{
	static const char text[] = "intro\n## One {#first}\nx\n## Two\ny";
	struct section s;

	assert_prints(text, "", "intro\n");
	assert_prints(text, "first", "## One\nx\n");
	assert_prints(text, "two", "## Two\ny");
	assert_prints("## a\n# T\n", "", "");
	assert_prints("## end {#e}", "e", "## end\n");
	assert_false(section_find(&s, text, strlen(text), "one"));
	assert_false(section_find(&s, text, strlen(text), "firs"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_fences),
		cmocka_unit_test(test_print),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
