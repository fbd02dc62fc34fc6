/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lints: what is put into clippy.toml, what silences clang, rustc's JSON. */
#include "checker/buf.h"
#include "checker/diag.h"
#include "checker/lints.h"
#include "checker/rust-json.h"
#include "checker/spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char kernels[] =
	"msrv = \"1.85.0\"\n"
	"disallowed-macros = [\n"
	"    { path = \"kernel::dbg\" },\n"
	"]\n"
	"\n"
	"[[disallowed-methods]]\n"
	"path = \"core::ffi::CStr::as_ptr\"\n";

/* A key is there once, and tables come after all that is none. */
static void test_conf(void **state)
{
	struct spec spec = {.nchecks = 0};
	struct check_spec *c = spec_add_check(&spec);
	struct buf out = BUF_INIT;

	c->kind = CHECK_FORBID;
	strv_add(&c->lines, "a::b");
	assert_int_equal(lints_conf(&out, kernels, &spec), 0);
	assert_string_equal(
		buf_str(&out),
		"msrv = \"1.85.0\"\n"
		"disallowed-macros = [\n"
		"{ path = \"a::b\", reason = \"the lesson says so\", "
		"allow-invalid = true },\n"
		"    { path = \"kernel::dbg\" },\n"
		"]\n"
		"\n"
		"[[disallowed-methods]]\n"
		"path = \"core::ffi::CStr::as_ptr\"\n"
		"\n"
		"[[disallowed-methods]]\n"
		"path = \"a::b\"\nreason = \"the lesson says so\"\n"
		"allow-invalid = true\n"
		"\n"
		"[[disallowed-types]]\n"
		"path = \"a::b\"\nreason = \"the lesson says so\"\n"
		"allow-invalid = true\n");
	buf_release(&out);
	spec_release(&spec);
}

static void path_is(const char *path, const char *want)
{
	struct buf b = BUF_INIT;

	lints_path(&b, path);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

/* The type itself may be forbidden by the other name. */
static void test_path(void **state)
{
	path_is("core::mem::forget", "core::mem::forget");
	path_is("kernel::alloc::KBox::leak", "kernel::alloc::Box::leak");
	path_is("kernel::alloc::KBox", "kernel::alloc::KBox");
	path_is("a::KVVec::b", "a::Vec::b");
	path_is("a::KVecs::b", "a::KVecs::b");
}

static void test_silences(void **state)
{
	static const struct {
		const char *source;
		unsigned line;
	} want[] = {
		{"int a;\n#pragma clang diagnostic push\n", 2},
		{"  #  pragma GCC\tdiagnostic ignored \"-Wx\"\n", 1},
		{"#pra\\\ngma GCC diag\\\nnostic push\nint a;\n", 1},
		{"/* x\n */ # /**/ pragma clang system_header\n", 2},
		{"%:pragma clang diagnostic push\n", 1},
		{"int a; _Pragma(\"clang diagnostic push\")\n", 1},
		{"\n\n__diag_ignore(clang, 8, \"-Wx\", \"y\");\n", 3},
		{"#line 3 \"other.c\"\n", 1},
		{"# 3 \"other.c\" 3\n", 1},
		{"#pragma once\n#pragma pack(1)\n", 0},
		{"// #pragma clang diagnostic\n/* _Pragma */\n", 0},
		{"#define x(a) #a\nint line;\n#if 1\n#endif\n", 0},
		{"", 0},
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++)
		if (lints_silences(want[i].source, 1) != want[i].line)
			fail_msg("%s: %u", want[i].source,
				 lints_silences(want[i].source, 1));
	assert_int_equal(lints_silences("#line 1\n#line 2\n", 2), 2);
}

#define JSON(message, code, text)                                              \
	"{\"$message_type\":\"diagnostic\",\"message\":\"" message             \
	"\",\"code\":" code ",\"level\":\"warning\",\"spans\":[],"            \
	"\"children\":[],\"rendered\":\"" text "\"}\n"
#define AT(line) "\\n --> a.rs:" line ":1\\n  |\\n\\n"

/* In plain text the second would not say which lint it is of. */
static void test_json(void **state)
{
	static const char text[] =
		"  CC a.o\n" JSON("usage of x", "{\"code\":\"unsafe_code\"}",
				  "warning: usage of x" AT("3"))
		JSON("declaration of y", "{\"code\":\"unsafe_code\"}",
		     "warning: declaration of y" AT("5"))
		JSON("mismatched", "{\"code\":\"E0308\"}",
		     "error[E0308]: mismatched" AT("7"))
		"{\"$message_type\":\"artifact\",\"artifact\":\"a.o\"}\n"
		JSON("aborting due to 1 previous error", "null",
		     "error: aborting due to 1 previous error\\n\\n")
		"{\"$message_type\": not JSON\n";
	struct buf b = BUF_INIT;
	struct diag *d;
	size_t n;

	buf_adds(&b, text);
	assert_int_equal(rust_json_render(&b), 0);
	assert_null(strstr(buf_str(&b), "artifact"));
	assert_non_null(strstr(buf_str(&b), "  CC a.o\nwarning: usage of x\n"));
	assert_non_null(strstr(buf_str(&b), "not JSON"));
	assert_int_equal(diag_parse(&d, &n, buf_str(&b), b.len, ""), 0);
	assert_int_equal(n, 3);
	assert_string_equal(d[0].code, "E0308");
	assert_int_equal(d[0].line, 7);
	assert_string_equal(d[1].code, "unsafe_code");
	assert_string_equal(d[2].code, "unsafe_code");
	assert_string_equal(d[2].message, "declaration of y");
	assert_non_null(strstr(d[2].text, "  |\n   = note: the lint is `"));
	assert_int_equal(d[2].line, 5);
	diag_free(d, n);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conf),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_silences),
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
