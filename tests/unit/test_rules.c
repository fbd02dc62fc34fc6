/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rules: what clang's tree of data/tree-of-c.c says, and sizes of sections. */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/rules.h"
#include "checker/spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TREE "tests/unit/data/tree-of-c.json"

static struct buf tree = BUF_INIT;
static const char *self;

static int setup(void **state)
{
	struct err e = ERR_INIT;

	return buf_read_file(&tree, TREE, (size_t)1 << 20, &e);
}

static int teardown(void **state)
{
	buf_release(&tree);
	return 0;
}

static void says(const char *within, const char *calls, const char *avoids,
		 bool holds, const char *message)
{
	struct check_spec c = {.kind = CHECK_SOURCE,
			       .file = (char *)"t.c",
			       .part = (char *)within};
	struct rule r = {.looked = false};

	if (calls)
		strv_add(&c.lines, calls);
	if (avoids)
		strv_add(&c.avoids, avoids);
	assert_int_equal(source_judge(&r, &c, buf_str(&tree), tree.len), 0);
	assert_true(r.looked);
	assert_string_equal(buf_str(&r.message), message);
	assert_int_equal(r.holds, holds);
	buf_release(&r.message);
	strv_release(&c.lines);
	strv_release(&c.avoids);
}

static void test_source(void **state)
{
	says("f", "g", "k", true,
	     "`f` in t.c calls `g`, and does not use `k`");
	says("f", "other", NULL, true, "`f` in t.c calls `other`");
	/* By a macro; what it calls is called, and it itself is not. */
	says("f", "CALL", NULL, false,
	     "t.c:7: `f` does not call `CALL`; after all macros were "
	     "expanded it calls `g`, `other`");
	/* By a pointer: no call of it, and yet a use. */
	says("f", "h", NULL, false,
	     "t.c:7: `f` does not call `h`; after all macros were expanded "
	     "it calls `g`, `other`");
	says("f", NULL, "h", false, "t.c:9: `f` uses `h`, and is not to");
	says("f", NULL, "g", false, "t.c:11: `f` uses `g`, and is not to");
	says("f", NULL, "other", false,
	     "t.c:13: `f` uses `other`, and is not to");
	/* Of another function, which stands before it. */
	says("other", "h", "g", true,
	     "`other` in t.c calls `h`, and does not use `g`");
	says("other", NULL, "h", false,
	     "t.c:5: `other` uses `h`, and is not to");
	says("nowhere", "g", NULL, false, "t.c has no function `nowhere`");
}

/* A tree that ends early says nothing, and so does none. */
static void test_part_of_a_tree(void **state)
{
	struct check_spec c = {.kind = CHECK_SOURCE,
			       .file = (char *)"t.c",
			       .part = (char *)"f"};
	struct rule r = {.looked = false};

	strv_add(&c.avoids, "k");
	for (size_t n = 0; n < tree.len - 3; n += 997) {
		assert_int_equal(source_judge(&r, &c, buf_str(&tree), n), 0);
		assert_false(r.holds);
		buf_clear(&r.message);
	}
	buf_release(&r.message);
	strv_release(&c.avoids);
}

static void test_size(void **state)
{
	uint64_t text, data, bss, code, ro, n;

	assert_true(size_of(self, "text", &text));
	assert_true(size_of(self, "data", &data));
	assert_true(size_of(self, "bss", &bss));
	assert_true(size_of(self, ".text", &code));
	assert_true(size_of(self, ".rodata", &ro));
	assert_true(code > 0 && ro > 0 && data > 0 && text >= code + ro);
	assert_false(size_of(self, ".nothing", &n));
	assert_false(size_of(self, ".tex", &n));
	assert_false(size_of(TREE, "text", &n));
	assert_false(size_of("/nowhere", "text", &n));
	/* Parts of a section count for it. */
	assert_true(size_of(self, ".rela", &n));
	assert_true(n > 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source),
		cmocka_unit_test(test_part_of_a_tree),
		cmocka_unit_test(test_size),
	};

	self = argv[0];
	return cmocka_run_group_tests(tests, setup, teardown);
}
