/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which small changes are made of a source, in C and in Rust. */
#include "checker/buf.h"
#include "shell/code-lex.h"
#include "shell/mutant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void lexes(const char *text, bool rust, const char *tokens)
{
	struct code_tokens t;
	struct buf b = BUF_INIT;

	assert_int_equal(code_lex(&t, text, rust), 0);
	for (size_t i = 0; i < t.n; i++)
		buf_addf(&b, "%s%.*s", i ? "|" : "", (int)t.v[i].len,
			 text + t.v[i].at);
	assert_string_equal(buf_str(&b), tokens);
	code_tokens_release(&t);
	buf_release(&b);
}

static void test_lex_c(void **state)
{
	struct code_tokens t;

	(void)state;
	lexes("#define X \\\n  1\nint a; /* b */ // c\n", false, "int|a|;");
	lexes("p->x <<= 'a' + \"b\\\"c\" - 0x1fUL;", false,
	      "p|->|x|<<=|'a'|+|\"b\\\"c\"|-|0x1fUL|;");
	lexes("a[i] ? b : c", false, "a|[|i|]|?|b|:|c");
	lexes("#", false, "");
	lexes("/* never closed", false, "");
	assert_int_equal(code_lex(&t, "f(]", false), 1);
	assert_int_equal(code_lex(&t, "f(", false), 1);
	assert_int_equal(code_lex(&t, ")", false), 1);
}

static void test_lex_rust(void **state)
{
	(void)state;
	lexes("#[derive(A)]\nfn f<'a>(x: &'a u8) -> char { 'x' }", true,
	      "fn|f|<|'a|>|(|x|:|&|'a|u8|)|->|char|{|'x'|}");
	lexes("/* a /* b */ c */ r#\"q\"q\"# b\"z\" '\\'' '\xc3\xa4'", true,
	      "r#\"q\"q\"#|b\"z\"|'\\''|'\xc3\xa4'");
	lexes("1..2 x.0 1_000u32 1.5", true, "1|..|2|x|.|0|1_000u32|1.5");
}

/* All mutants of @text, each "WHAT: LINES AFTER", are those of @expect. */
static void makes(const char *text, bool rust, const char *const *expect)
{
	struct mutants m;
	size_t n = 0;

	assert_int_equal(mutants_make(&m, text, rust), 0);
	while (expect[n])
		n++;
	for (size_t i = 0; i < m.n || i < n; i++) {
		struct buf b = BUF_INIT;

		if (i < m.n) {
			buf_addf(&b, "%s: ", m.v[i].what);
			mutant_lines(&b, &m.v[i], text, true);
		}
		if (strcmp(buf_str(&b), i < n ? expect[i] : "") != 0)
			fail_msg("mutant %zu is \"%s\", not \"%s\"", i,
				 buf_str(&b), i < n ? expect[i] : "");
		buf_release(&b);
	}
	mutants_release(&m);
}

#define NONE(text, rust) makes(text, rust, (const char *const[]){NULL})
#define MAKES(text, rust, ...)                                                 \
	makes(text, rust, (const char *const[]){__VA_ARGS__, NULL})

static void test_tokens(void **state)
{
	(void)state;
	MAKES("x = a < b;", false, "off by one: x = a <= b;");
	MAKES("x = a + 7UL;", false, "another operator: x = a - 7UL;",
	      "off by one: x = a + 8UL;");
	MAKES("x = 0x1f == y;", false, "off by one: x = 0x20 == y;",
	      "a comparison turned round: x = 0x1f != y;");
	MAKES("return -EINVAL;", false, "another error: return -EIO;");
	MAKES("Err(EIO)", true, "another error: Err(EINVAL)");
	/* Generics and pointers are no comparisons and products. */
	NONE("let x: Vec<u8> = Vec::new();", true);
	NONE("int *p;", false);
	NONE("// a < b", false);
	MAKES("let a = f()?;", true,
	      "an error unwrapped: let a = f().unwrap();");
}

/* Has @text a mutant that is @what, and what it makes of it? */
static void has(const char *text, bool rust, const char *what,
		const char *after)
{
	struct mutants m;
	bool found = false;

	assert_int_equal(mutants_make(&m, text, rust), 0);
	for (size_t i = 0; i < m.n; i++) {
		struct buf b = BUF_INIT;

		mutant_apply(&b, &m.v[i], text);
		found = found || (strcmp(m.v[i].what, what) == 0 &&
				  strcmp(buf_str(&b), after) == 0);
		buf_release(&b);
	}
	if (!found)
		fail_msg("no \"%s\" makes \"%s\"", what, after);
	mutants_release(&m);
}

/* Has it none that is @what? */
static void has_no(const char *text, bool rust, const char *what)
{
	struct mutants m;

	assert_int_equal(mutants_make(&m, text, rust), 0);
	for (size_t i = 0; i < m.n; i++)
		assert_string_not_equal(m.v[i].what, what);
	mutants_release(&m);
}

static void test_question(void **state)
{
	(void)state;
	has("{ f(n)?; }", true, "an error ignored", "{ let _ = f(n); }");
	has("{ f(n)?; }", true, "an error unwrapped", "{ f(n).unwrap(); }");
	has_no("{ let a = f(n)?; }", true, "an error ignored");
	has_no("{ *a = f(n)?; }", true, "an error ignored");
	has_no("a ? b : c;", false, "an error unwrapped");
}

static void test_left_out(void **state)
{
	(void)state;
	has("{ mutex_unlock(&l); }", false, "not given back", "{ ; }");
	has("{ kfree(p); return 0; }", false, "not given back",
	    "{ ; return 0; }");
	has("{ drop(guard); }", true, "not given back", "{  }");
	has("{ pr_info!(\"x\"); }", true, "a statement left out", "{  }");
	has("{ a = b; }", false, "an assignment left out", "{ ; }");
	has("{ *self.n.lock() = 1; }", true, "an assignment left out", "{  }");
	has_no("{ int a = f(); }", false, "an assignment left out");
	has_no("{ struct x *a = f(); }", false, "an assignment left out");
	has_no("{ let a = f(); }", true, "an assignment left out");
	has_no("int f(void);", false, "a statement left out");
	has("{ unsafe { kref_put(p) }; }", true, "not given back", "{  }");
	has("{ f(); unsafe { take(p.as_ptr()) } }", true,
	    "a statement left out", "{ f();  }");
	has_no("{ let n = unsafe { take(p) }; }", true, "a statement left out");
	has_no("{ unsafe {} }", true, "a statement left out");
	has_no("{ unsafe { f() }.iter() }", true, "a statement left out");
}

static void test_fields(void **state)
{
	(void)state;
	has("s->a = t->b;", false, "another field", "s->b = t->b;");
	has("s->a = t->b;", false, "another field", "s->a = t->a;");
	has("x = self.a + self.f(self.b[0].c);", true, "another field",
	    "x = self.b + self.f(self.b[0].c);");
	has("x = self.a + self.f(self.b[0].c);", true, "another field",
	    "x = self.a + self.f(self.b[0].a);");
	has_no("x = s.a + s.a;", false, "another field");
	has_no("s = { .a = x, .b = y };", false, "another field");
	has_no("x.f() + x.0 + y.g::<u8>()", true, "another field");
	has_no("fn f(&self) -> u8 { self.a }", true, "another field");
	has_no("self.0.f()", true, "off by one");
}

static void test_functions(void **state)
{
	static const char what[] = "a function that does nothing";

	(void)state;
	has("fn f(a: u8) { g(a); h(); }", true, what, "fn f(a: u8) {  }");
	has("fn f<T>(a: T) -> c_int { g(a) }", true, what,
	    "fn f<T>(a: T) -> c_int { 0 }");
	has("fn f() -> bool { g() }", true, what, "fn f() -> bool { true }");
	has("fn f() -> bool { g() }", true, what, "fn f() -> bool { false }");
	has("fn f() -> Result { g() }", true, what,
	    "fn f() -> Result { Ok(()) }");
	has("fn f() -> Result<usize> { g() }", true, what,
	    "fn f() -> Result<usize> { Ok(0) }");
	has("fn f() -> Option<u8> { g() }", true, what,
	    "fn f() -> Option<u8> { None }");
	has("fn f() -> *mut u8 { g() }", true, what,
	    "fn f() -> *mut u8 { core::ptr::null_mut() }");
	has_no("fn f() -> Thing { g() }", true, what);
	has_no("fn f() -> c_int;", true, what);
	has_no("fn f<T>() where T: U { g() }", true, what);
	has("static int f(int a) { return g(a); }", false, what,
	    "static int f(int a) { return 0; }");
	has("static void f(void) { if (a) { g(); } }", false, what,
	    "static void f(void) {  }");
	has("int a; struct x *f(void) { return g(); }", false, what,
	    "int a; struct x *f(void) { return NULL; }");
	has_no("struct x f(void) { return g(); }", false, what);
	has_no("int a[] = { 1 };", false, what);
	has_no("int f(void);", false, what);
}

static void test_conditions(void **state)
{
	(void)state;
	has("{ if (a && f(b)) c(); }", false, "a condition negated",
	    "{ if (!(a && f(b))) c(); }");
	has("{ if n < 0 { f(); } }", true, "a condition negated",
	    "{ if !(n < 0) { f(); } }");
	has_no("{ if let Some(x) = y { f(); } }", true, "a condition negated");
	has("{ if (ret) return ret; f(); }", false, "an error not looked at",
	    "{ ; f(); }");
	has("{ if (!p) { g(); goto out; } f(); }", false,
	    "an error not looked at", "{ ; f(); }");
	has("{ if n < 0 { return Err(EIO); } f(); }", true,
	    "an error not looked at", "{  f(); }");
	has_no("{ if (a) b(); }", false, "an error not looked at");
	has_no("{ if (a) return 1; else return 2; }", false,
	       "an error not looked at");
}

static void test_swapped(void **state)
{
	(void)state;
	has("x = f(a, g(b, c));", false, "arguments swapped",
	    "x = f(g(b, c), a);");
	has("x = f(a, g(b, c));", false, "arguments swapped",
	    "x = f(a, g(c, b));");
	has("S { a: x, b: y }", true, "fields swapped", "S { a: y, b: x }");
	has("s = { .a = x, .b = y };", false, "fields swapped",
	    "s = { .a = y, .b = x };");
	has_no("f(a, a);", false, "arguments swapped");
	has_no("static int f(int a, int b)", false, "arguments swapped");
	has_no("fn f(a: u8, b: u8)", true, "arguments swapped");
	has_no("pr_info!(\"%d\", a);", true, "arguments swapped");
	has_no("if (a, b) ;", false, "arguments swapped");
}

/* A name is that of the change, not of the place. */
static void test_names(void **state)
{
	static const char before[] = ";\nx = a < b;\ny = 1;\ny = 1;\n";
	static const char after[] = "\n;\n;\nx = a < b;\ny = 1;\n";
	char one[MUTANT_NAME_LEN + 1], two[MUTANT_NAME_LEN + 1];
	struct mutants a, b;

	(void)state;
	assert_int_equal(mutants_make(&a, before, false), 0);
	assert_int_equal(mutants_make(&b, after, false), 0);
	assert_true(mutant_name(one, &a, 0, "x.c", before));
	assert_int_equal(b.v[0].line, 4);
	assert_true(mutant_name(two, &b, 0, "x.c", after));
	assert_string_equal(one, two);
	assert_true(mutant_name(two, &b, 0, "y.c", after));
	assert_string_not_equal(one, two);
	/* Two that look the same are told apart. */
	assert_string_equal(a.v[a.n - 1].put, "2");
	assert_true(mutant_name(one, &a, a.n - 1, "x.c", before));
	for (size_t i = 0; i < a.n - 1; i++) {
		assert_true(mutant_name(two, &a, i, "x.c", before));
		assert_string_not_equal(one, two);
	}
	mutants_release(&a);
	mutants_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lex_c),
		cmocka_unit_test(test_lex_rust),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_functions),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_swapped),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
