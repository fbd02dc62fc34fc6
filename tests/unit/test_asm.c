/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which function a name means, and which one goes with it. */
#include "checker/buf.h"
#include "checker/mcode.h"
#include "shell/asm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FUNCTION(n, o, f, r)                                                   \
	{                                                                      \
		.name = (char *)(n), .symbol = (char *)(n),                    \
		.object = (char *)(o), .file = (char *)(f), .rust = (r),       \
		.own = true                                                    \
	}

static char *hello_alias[] = {(char *)"init_module", NULL};

static struct mcode_function functions[] = {
	FUNCTION("sum_c", "a.o", "a.c", false), /* 0 */
	FUNCTION("a_rs::sum", "a_rs.o", "a_rs.rs", true), /* 1 */
	FUNCTION("store_read", "e.o", "e.c", false), /* 2 */
	FUNCTION("store_rs_read", "s.o", "s.rs", true), /* 3 */
	FUNCTION("hello_init", "h.o", "h.c", false), /* 4 */
	FUNCTION("h_rs::Hello::init", "h_rs.o", "h_rs.rs", true), /* 5 */
	FUNCTION("init_module", "h_rs.o", "h_rs.rs", true), /* 6 */
	FUNCTION("helper", "a.o", "a.c", false), /* 7 */
	FUNCTION("helper", "e.o", "e.c", false), /* 8 */
	FUNCTION("ring_push", "a.o", "a.c", false), /* 9 */
	FUNCTION("lonely", "a.o", "a.c", false), /* 10 */
	FUNCTION("c_twice", "a.o", "a.c", false), /* 11 */
	FUNCTION("twice_c", "e.o", "e.c", false), /* 12 */
	FUNCTION("t::twice", "t.o", "t.rs", true), /* 13 */
};

static char *into[] = {(char *)"store_rs_read", NULL};

static struct mcode_inline inlines[] = {
	{.name = (char *)"ring::Ring::push",
	 .file = (char *)"s.rs",
	 .rust = true,
	 .into = {.v = into, .n = 1}},
	/* This one has code of its own as well. */
	{.name = (char *)"a_rs::sum",
	 .file = (char *)"a_rs.rs",
	 .rust = true,
	 .into = {.v = into, .n = 1}},
};

static const struct mcode code = {
	.functions = functions,
	.nfunctions = sizeof(functions) / sizeof(*functions),
	.inlines = inlines,
	.ninlines = 2,
};

static void assert_found(const char *name, size_t n, size_t first)
{
	struct asm_found found;

	asm_find(&found, &code, name);
	assert_int_equal(found.n, n);
	if (n)
		assert_ptr_equal(found.v[0], &functions[first]);
}

static void test_find(void **state)
{
	functions[4].aliases = (struct strv){.v = hello_alias, .n = 1};
	assert_found("sum_c", 1, 0);
	assert_found("sum", 1, 1);
	assert_found("a_rs::sum", 1, 1);
	assert_found("Hello::init", 1, 5);
	assert_found("init", 1, 5);
	/* In either language, by its symbol. */
	assert_found("init_module", 2, 4);
	assert_found("helper", 2, 7);
	assert_found("e.c:helper", 1, 8);
	assert_found("e.o:helper", 1, 8);
	assert_found("s.c:helper", 0, 0);
	assert_found("um", 0, 0);
	assert_found("elper", 0, 0);
	assert_found("", 0, 0);
}

static void test_find_inline(void **state)
{
	assert_ptr_equal(asm_find_inline(&code, "push"), &inlines[0]);
	assert_ptr_equal(asm_find_inline(&code, "s.rs:Ring::push"),
			 &inlines[0]);
	assert_null(asm_find_inline(&code, "e.rs:push"));
	assert_null(asm_find_inline(&code, "a_rs::sum"));
}

static void assert_pair(size_t a, size_t b)
{
	assert_ptr_equal(asm_partner(&code, &functions[a]), &functions[b]);
	assert_ptr_equal(asm_partner(&code, &functions[b]), &functions[a]);
}

static void test_partner(void **state)
{
	assert_pair(0, 1);
	assert_pair(2, 3);
	/* Rather than init_module, which is hello_init's other name. */
	assert_pair(4, 5);
	assert_ptr_equal(asm_partner(&code, &functions[6]), &functions[4]);
	assert_null(asm_partner(&code, &functions[7]));
	assert_null(asm_partner(&code, &functions[10]));
	assert_null(asm_partner(&code, &functions[9]));
	/* Two would fit. */
	assert_null(asm_partner(&code, &functions[13]));
	assert_ptr_equal(asm_partner(&code, &functions[11]), &functions[13]);
	assert_ptr_equal(asm_partner_inline(&code, &functions[9]), &inlines[0]);
	assert_null(asm_partner_inline(&code, &functions[10]));
}

static void assert_name(size_t i, const char *expect)
{
	struct buf b = BUF_INIT;
	struct asm_found found;

	asm_add_name(&b, &code, &functions[i]);
	assert_string_equal(buf_str(&b), expect);
	/* What is said to be typed finds it. */
	asm_find(&found, &code, buf_str(&b));
	assert_int_equal(found.n, 1);
	assert_ptr_equal(found.v[0], &functions[i]);
	buf_release(&b);
}

static void test_name(void **state)
{
	assert_name(1, "sum");
	assert_name(5, "init");
	assert_name(7, "a.c:helper");
	assert_name(8, "e.c:helper");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_find_inline),
		cmocka_unit_test(test_partner),
		cmocka_unit_test(test_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
