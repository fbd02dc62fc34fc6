/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rust's source, as far as the comparison of C and Rust has to know it. */
#include "checker/abi-lex.h"
#include "checker/abi-source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct abi_source *read_one(const char *text)
{
	struct abi_source *s = abi_source_new();

	assert_non_null(s);
	assert_int_equal(abi_source_add(s, "a.rs", text, strlen(text)), 0);
	return s;
}

/* The declarations as "symbol:line " each, a "=" before a static's. */
static char *declared(const char *text)
{
	struct abi_source *s = read_one(text);
	struct buf b = BUF_INIT;

	buf_adds(&b, "");
	for (size_t i = 0; i < abi_source_nexterns(s); i++) {
		const struct abi_extern *x = abi_source_extern(s, i);

		buf_addf(&b, "%s%s:%u ", x->variable ? "=" : "", x->symbol,
			 x->line);
	}
	abi_source_free(s);
	return buf_steal(&b);
}

static void are(const char *text, const char *expect)
{
	char *got = declared(text);

	assert_string_equal(got, expect);
	free(got);
}

static void test_declarations(void **state)
{
	are("extern \"C\" {\n fn f(a: i32) -> i32;\n pub fn g();\n}",
	    "f:2 g:3 ");
	are("extern { fn f(); }", "f:1 ");
	are("unsafe extern \"C\" { safe fn f(); unsafe fn g(); }", "f:1 g:1 ");
	are("pub(crate) unsafe extern \"C-unwind\" { pub(crate) fn f(); }",
	    "f:1 ");
	are("extern \"C\" { static a: i32; static mut b: [u8; 4]; fn f(); }",
	    "=a:1 =b:1 f:1 ");
	are("extern \"C\" { fn f(cb: extern \"C\" fn(fn(i32))); }", "f:1 ");
	are("extern \"C\" { fn p(f: *const u8, ...) -> i32; type T; }", "p:1 ");
	are("fn x() { extern \"C\" { fn f(); } }", "f:1 ");
	are("mod m { extern \"C\" { fn f(); } } extern \"C\" { fn g(); }",
	    "f:1 g:1 ");
}

static void test_symbols(void **state)
{
	are("extern \"C\" { #[link_name = \"g\"] fn f(); fn h(); }",
	    "g:1 h:1 ");
	are("extern \"C\" { /// Doc.\n #[must_use] #[link_name=\"g\"]\n"
	    "#[cfg(X)] pub fn f(); }",
	    "g:3 ");
	are("extern \"C\" { fn r#type(); }", "type:1 ");
	/* Names that are not plain: nothing is claimed of them. */
	are("extern \"C\" { #[link_name = concat!(\"a\", \"b\")] fn f(); }",
	    "");
	are("extern \"C\" { #[link_name = \"a\\x62\"] fn f(); fn g(); }",
	    "g:1 ");
	are("extern \"C\" { #[cfg_attr(X, link_name = \"g\")] fn f(); }", "");
}

static void test_not_declarations(void **state)
{
	are("extern crate alloc; extern \"C\" fn f() {}", "");
	are("extern \"Rust\" { fn f(); } extern \"rust-intrinsic\" { fn g(); }",
	    "");
	are("macro_rules! m { () => { extern \"C\" { fn f(); } } }", "");
	are("m! { extern \"C\" { fn f(); } } m!(extern \"C\" { fn g(); });",
	    "");
	are("// extern \"C\" { fn f(); }\n/* /* */ extern \"C\" { fn g(); } */",
	    "");
	are("const S: &str = \"extern \\\"C\\\" { fn f(); }\";", "");
	are("const S: &str = r#\"\" extern \"C\" { fn f(); } \"#;", "");
	are("const S: &[u8] = br##\"\"# extern \"C\" { fn f(); }\"##;", "");
}

static void test_quotes(void **state)
{
	/* Each of them, misread, would swallow the block after it. */
	are("const Q: char = '\"'; extern \"C\" { fn f(); }", "f:1 ");
	are("const Q: u8 = b'\"'; extern \"C\" { fn f(); }", "f:1 ");
	are("const Q: char = '\\''; extern \"C\" { fn f(); }", "f:1 ");
	are("const Q: char = '{'; extern \"C\" { fn f(); }", "f:1 ");
	are("fn a<'a>(x: &'a str) -> &'static str { 'l: loop { break 'l } }"
	    "extern \"C\" { fn f(); }",
	    "f:1 ");
	are("const Q: char = '\u00e9'; extern \"C\" { fn f(); }", "f:1 ");
	are("const S: &CStr = c\"}\"; const R: &CStr = cr\"\\\"; "
	    "extern \"C\" { fn f(); }",
	    "f:1 ");
	are("const S: &str = \"a\\\\\"; extern \"C\" { fn f(); }", "f:1 ");
	are("const N: f32 = 1.0e5; const M: u64 = 0xff_u64; "
	    "extern \"C\" { fn f(); }",
	    "f:1 ");
}

static void test_no_rust(void **state)
{
	are("extern \"C\" { fn f(); ", "");
	are("extern \"C\" { fn f(); ) }", "");
	are("\"extern \"C\" { fn f(); }", "");
	are("", "");
}

static char *probed(const char *text, const char *which)
{
	struct abi_source *s = read_one(text);
	bool wanted[16] = {false};
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < abi_source_nexterns(s); i++)
		wanted[i] = strstr(which, abi_source_extern(s, i)->symbol);
	abi_source_probe(s, "a.rs", wanted, &b);
	abi_source_free(s);
	return buf_steal(&b);
}

static size_t lines_of(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

static void test_probes(void **state)
{
	static const char text[] =
		"fn a() {}\nextern \"C\" {\n    fn f();\n    fn g();\n"
		"    static s: i32;\n}\nfn b() {}\n";
	char *out = probed(text, "f s");

	assert_int_equal(lines_of(out), lines_of(text));
	assert_non_null(strstr(out, "\n} const _: () ="));
	assert_non_null(strstr(out, "let kiln_abi_0 = f;"));
	assert_null(strstr(out, "kiln_abi_1"));
	assert_non_null(strstr(out, "let kiln_abi_2 = &raw const s;"));
	assert_non_null(strstr(out, "};\nfn b() {}\n"));
	free(out);
	out = probed(text, "");
	assert_string_equal(out, text);
	free(out);
}

static void test_probes_have_the_attributes(void **state)
{
	char *out = probed("#[cfg(A)]\n#[allow(x)]\nextern \"C\" {\n"
			   "#[cfg(all(\n  B, // why\n not(C)))]\nfn f();\n}",
			   "f");

	assert_non_null(strstr(out,
			       "# [ cfg ( A ) ] # [ cfg ( all ( B , not ( C ) "
			       ") ) ] const _"));
	assert_null(strstr(out, "# [ allow"));
	free(out);
	/* Two blocks, the second with the raw name of a keyword. */
	out = probed("extern \"C\" { fn f(); } extern \"C\" { fn r#in(); }",
		     "f in");
	assert_non_null(strstr(out, "= f; "));
	assert_non_null(strstr(out, "= r#in; "));
	assert_true(strstr(out, "= f; ") < strstr(out, "fn r#in()"));
	free(out);
}

static void test_items(void **state)
{
	struct abi_source *s = read_one(
		"#[derive(Clone)]\n#[repr(C, packed)]\npub struct A {\n"
		"    a: u8,\n    #[doc = \"b: c\"]\n    pub b: [u8; 4],\n"
		"    r#type: fn(c: u8),\n    c: u8,\n}\n"
		"struct B<T: Copy> { x: T }\n#[repr(u8)] enum E { V }\n"
		"#[repr(transparent)] struct W(u8);\n"
		"mod m { struct Twice; } struct Twice;\n");
	const struct abi_item *a = abi_source_item(s, "A");

	assert_non_null(a);
	assert_int_equal(a->line, 3);
	assert_true(a->repr_c);
	assert_string_equal(a->file, "a.rs");
	assert_int_equal(abi_item_field(a, "a"), 4);
	assert_int_equal(abi_item_field(a, "b"), 6);
	assert_int_equal(abi_item_field(a, "type"), 7);
	assert_int_equal(abi_item_field(a, "c"), 8);
	assert_int_equal(abi_item_field(a, "d"), 0);
	assert_int_equal(abi_source_item(s, "B<u32>")->line, 10);
	assert_false(abi_source_item(s, "B<u32>")->repr_c);
	assert_int_equal(abi_source_item(s, "E")->line, 11);
	assert_true(abi_source_item(s, "W")->repr_c);
	assert_int_equal(abi_item_field(abi_source_item(s, "W"), "a"), 0);
	assert_null(abi_source_item(s, "Twice"));
	assert_null(abi_source_item(s, "None"));
	abi_source_free(s);
}

static void test_functions(void **state)
{
	struct abi_source *s =
		read_one("#[no_mangle] pub unsafe extern \"C\" fn a() {}\n"
			 "#[no_mangle] pub fn b() {}\nextern fn c() {}\n"
			 "fn d() {} mod m { fn d() {} }\n");

	assert_false(abi_source_lacks_extern(s, "a.rs", "a"));
	assert_true(abi_source_lacks_extern(s, "a.rs", "b"));
	assert_false(abi_source_lacks_extern(s, "a.rs", "c"));
	assert_false(abi_source_lacks_extern(s, "a.rs", "d"));
	assert_false(abi_source_lacks_extern(s, "b.rs", "b"));
	assert_string_equal(abi_source_function(s, "a"), "a.rs");
	assert_null(abi_source_function(s, "b"));
	abi_source_free(s);
}

/* Whatever a learner leaves half written must not bring us down. */
static void test_every_prefix(void **state)
{
	static const char text[] =
		"#![a]\n/* /* */ */ #[cfg(x = \"y\")] #[repr(C)] pub(crate) "
		"struct S<'a, T> where T: X<[u8; 3]> { r#a: &'a T, b: fn(u8) }"
		" macro_rules! m { ($x:ident) => { 'a' } } m! [ ] "
		"#[link_name = \"q\"] unsafe extern \"C\" { #[cfg(z)] "
		"#[link_name = \"p\"] pub(in a::b) safe fn r#f(x: u8, ...) -> "
		"u8; static mut v: u8; } br#\"\"# b'\\'' c\"\\\"\" 1_0.0 r#\"";
	bool wanted[8] = {true, true, true, true, true, true, true, true};

	for (size_t n = 0; n < sizeof(text); n++) {
		struct abi_source *s = abi_source_new();
		/* So that a sanitizer sees one byte too many. */
		char *part = malloc(n + 1);
		struct buf out = BUF_INIT;

		memcpy(part, text, n);
		assert_int_equal(abi_source_add(s, "a.rs", part, n), 0);
		free(part);
		assert_true(abi_source_nexterns(s) <= 2);
		abi_source_probe(s, "a.rs", wanted, &out);
		assert_true(out.len >= n);
		buf_release(&out);
		abi_source_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_declarations),
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_not_declarations),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_no_rust),
		cmocka_unit_test(test_probes),
		cmocka_unit_test(test_probes_have_the_attributes),
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_functions),
		cmocka_unit_test(test_every_prefix),
	};

	return cmocka_run_group_tests_name("abi-source", tests, NULL, NULL);
}
