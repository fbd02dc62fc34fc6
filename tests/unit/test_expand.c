/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cutting what was asked for out of what rustc and clang print.
 * tests/boot/77-look.t does it with the real ones.
 */
#include "checker/buf.h"
#include "checker/expand.h"
#include "checker/source-names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- Rust ---- */

static const char source[] = "//! A crate.\n"
			     "use kernel::{\n"
			     "    prelude::*, //\n"
			     "};\n"
			     "module! { type: A, name: \"a\" }\n"
			     "#[pin_data]\n"
			     "struct A { n: i32 }\n"
			     "impl A { fn set(&self) { pr_info!(\"{\"); } }\n"
			     "fn plain() -> i32 { 7 }\n"
			     "#[vtable]\n"
			     "impl Ops for A { fn open() {} }\n";

static const char expanded[] = "#![feature(prelude_import)]\n"
			       "//! A crate.\n"
			       "#![no_std]\n"
			       "#[prelude_import]\n"
			       "use core::prelude::rust_2021::*;\n"
			       "#[macro_use]\n"
			       "extern crate core;\n"
			       "extern crate compiler_builtins as _;\n"
			       "use kernel::{prelude::*};\n"
			       "// stray\n"
			       "const __LOG_PREFIX: &[u8] = b\"a\\0\";\n"
			       "#[doc = r\" The type.\"]\n"
			       "type LocalModule = A;\n"
			       "struct A {\n"
			       "    n: i32,\n"
			       "}\n"
			       "struct AProjection {}\n"
			       "impl A {\n"
			       "    fn project(&self) {}\n"
			       "}\n"
			       "const _: () = { struct __Unpin; };\n"
			       "impl A {\n"
			       "    fn set(&self) {\n"
			       "        call_printk(\"}\");\n"
			       "    }\n"
			       "}\n"
			       "fn plain() -> i32 {\n"
			       "    7\n"
			       "}\n"
			       "impl Ops for A {\n"
			       "    fn open() {}\n"
			       "    const HAS_OPEN: bool = true;\n"
			       "}\n";

static enum expand_end rust_of(struct buf *out, const char *macro,
			       const char *item)
{
	const struct expand_part part = {.macro = macro, .item = item};
	const struct strv none = STRV_INIT;

	buf_clear(out);
	return expand_rust(out, source, expanded, &none, &part);
}

static void assert_rust(const char *macro, const char *item, const char *expect)
{
	struct buf out = BUF_INIT;

	assert_int_equal(rust_of(&out, macro, item), EXPAND_OK);
	assert_string_equal(buf_str(&out), expect);
	buf_release(&out);
}

static void test_rust_macro(void **state)
{
	assert_rust("module", NULL,
		    "const __LOG_PREFIX: &[u8] = b\"a\\0\";\n\n"
		    "/// The type.\n"
		    "type LocalModule = A;\n");
	/* What the attribute added, up to the learner's own impl. */
	assert_rust("pin_data", NULL,
		    "struct A {\n"
		    "    n: i32,\n"
		    "}\n"
		    "struct AProjection {}\n\n"
		    "impl A {\n"
		    "    fn project(&self) {}\n"
		    "}\n"
		    "const _: () = { struct __Unpin; };\n");
	assert_rust("pr_info", NULL,
		    "impl A {\n"
		    "    fn set(&self) {\n"
		    "        call_printk(\"}\");\n"
		    "    }\n"
		    "}\n");
	assert_rust("vtable", NULL,
		    "impl Ops for A {\n"
		    "    fn open() {}\n"
		    "    const HAS_OPEN: bool = true;\n"
		    "}\n");
}

static void test_rust_item(void **state)
{
	assert_rust(NULL, "plain", "fn plain() -> i32 {\n    7\n}\n");
	assert_rust(NULL, "open",
		    "// in impl Ops for A\n"
		    "fn open() {}\n");
}

static void test_rust_whole(void **state)
{
	struct buf out = BUF_INIT;

	assert_int_equal(rust_of(&out, NULL, NULL), EXPAND_OK);
	assert_null(strstr(buf_str(&out), "extern crate"));
	assert_null(strstr(buf_str(&out), "feature("));
	assert_null(strstr(buf_str(&out), "stray"));
	assert_non_null(strstr(buf_str(&out), "HAS_OPEN"));
	assert_int_equal(rust_of(&out, "printk", NULL), EXPAND_NONE);
	assert_int_equal(rust_of(&out, NULL, "pla"), EXPAND_NONE);
	buf_release(&out);
}

static void test_rust_module(void **state)
{
	static const char crate[] = "mod other {\n    fn f() {}\n}\n"
				    "mod wrap {\n"
				    "    //! A wrapper.\n"
				    "    fn g() {\n"
				    "        h();\n"
				    "    }\n"
				    "}\n";
	const struct expand_part all = {.macro = NULL};
	struct strv path = STRV_INIT;
	struct buf out = BUF_INIT;

	strv_add(&path, "wrap");
	assert_int_equal(expand_rust(&out, "", crate, &path, &all), EXPAND_OK);
	assert_string_equal(buf_str(&out),
			    "//! A wrapper.\nfn g() {\n    h();\n}\n");
	strv_add(&path, "deeper");
	assert_int_equal(expand_rust(&out, "", crate, &path, &all),
			 EXPAND_NONE);
	assert_int_equal(expand_rust(&out, "", "fn f() {", &path, &all),
			 EXPAND_UNREADABLE);
	assert_true(expand_has_module("pub(crate) mod wrap;\n", "wrap"));
	assert_false(expand_has_module("mod wrap { }\n", "wrap"));
	assert_false(expand_has_module("// mod wrap;\n", "wrap"));
	strv_release(&path);
	buf_release(&out);
}

/* ---- C ---- */

static const char c_source[] = "#define N 64\n" /* 1 */
			       "#include <linux/init.h>\n" /* 2 */
			       "/* N in a comment */\n" /* 3 */
			       "static int f(int a) /* says */\n" /* 4 */
			       "{\n" /* 5 */
			       "	if (a > N) // too many\n" /* 6 */
			       "		return min(a,\n" /* 7 */
			       "			   \"N;\");\n" /* 8 */
			       "	return 0;\n" /* 9 */
			       "}\n" /* 10 */
			       "init(f);\n"; /* 11 */

static const char c_became[] =
	"# 1 \"x.c\"\n"
	"# 1 \"/kiln/src/include/x.c\" 1\n"
	"int not_ours;\n"
	"# 2 \"./x.c\" 2\n"
	"\n\n"
	"static int f(int a)\n"
	"{\n"
	" if (a > 64)\n"
	"  return ({ int x = a; x < 1 ? x : \"N;\"; });\n"
	"\n"
	" return 0;\n"
	"}\n"
	"static inline int __a(void) { return f; } int init(void) "
	"__attribute__((alias(\"f\"))); struct { int a; } b = { .a = 1 };;\n";

static void assert_c(const char *macro, const char *item, const char *expect)
{
	const struct expand_part part = {.macro = macro, .item = item};
	struct buf out = BUF_INIT;

	assert_int_equal(expand_c(&out, "x.c", c_source, c_became, 60, &part),
			 EXPAND_OK);
	assert_string_equal(buf_str(&out), expect);
	buf_release(&out);
}

#define FUNCTION                                                               \
	"static int f(int a) /* says */\n"                                     \
	"{\n"                                                                  \
	"	if (a > 64)\n"                                                       \
	"		return ({ int x = a; x < 1 ? x : \"N;\"; });\n"                     \
	"	return 0;\n"                                                         \
	"}\n"
#define INIT                                                                   \
	"static inline int __a(void) {\n"                                      \
	"	return f;\n"                                                         \
	"}\n"                                                                  \
	"int init(void) __attribute__((alias(\"f\")));\n"                      \
	"struct {\n"                                                           \
	"	int a;\n"                                                            \
	"}\n"                                                                  \
	"b = {\n"                                                              \
	"	.a = 1\n"                                                            \
	"};\n"

static void test_c(void **state)
{
	const struct expand_part none = {.item = "nosuch"};
	struct buf out = BUF_INIT;

	assert_c(NULL, NULL,
		 "#define N 64\n#include <linux/init.h>\n"
		 "/* N in a comment */\n" FUNCTION INIT);
	assert_c(NULL, "f", FUNCTION);
	assert_c("N", NULL,
		 "// x.c:6: if (a > N) // too many\n"
		 "	if (a > 64)\n");
	assert_c("min", NULL,
		 "// x.c:7: return min(a,\n"
		 "		return ({ int x = a; x < 1 ? x : \"N;\"; "
		 "});\n");
	assert_c("init", NULL, "// x.c:11: init(f);\n" INIT);
	assert_int_equal(expand_c(&out, "x.c", c_source, c_became, 60, &none),
			 EXPAND_NONE);
	buf_release(&out);
}

/* ---- names ---- */

static void assert_names(const char *text, bool rust, enum source_names which,
			 const char *expect)
{
	struct strv names = STRV_INIT;
	struct buf b = BUF_INIT;

	assert_int_equal(source_names(&names, text, rust, which), 0);
	for (size_t i = 0; i < names.n; i++)
		buf_addf(&b, "%s%s", i ? " " : "", names.v[i]);
	assert_string_equal(buf_str(&b), expect);
	strv_release(&names);
	buf_release(&b);
}

static void test_names(void **state)
{
	assert_names(source, true, SOURCE_FUNCTIONS, "set plain open");
	assert_names(source, true, SOURCE_ITEMS, "A set plain open");
	assert_names(source, true, SOURCE_MACROS,
		     "module pin_data pr_info vtable");
	assert_names("fn f() { if a != (b) {} }", true, SOURCE_MACROS, "");
	assert_names(c_source, false, SOURCE_FUNCTIONS, "f");
	assert_names(c_source, false, SOURCE_MACROS, "min init");
	/* Half a file has no names, and is no fault. */
	assert_names("fn f( {", true, SOURCE_FUNCTIONS, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rust_macro),
		cmocka_unit_test(test_rust_item),
		cmocka_unit_test(test_rust_whole),
		cmocka_unit_test(test_rust_module),
		cmocka_unit_test(test_c),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
