/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/klog-json.h"
#include "klog_logs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define AT "wrap_read+0x1c/0x40 [wrap]"
#define PASS "KTAP version 1\n1..1\nok 1 a\n"

/* Judge @log by way of a file; the text of the report is the caller's. */
static int judge(const char *log, size_t len, bool json, char **text)
{
	char path[] = "/tmp/kiln-klog-XXXXXX";
	int fd = mkstemp(path);
	struct err e = ERR_INIT;
	size_t size;
	FILE *out;
	int ret;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, log, len), len);
	close(fd);
	*text = NULL;
	out = open_memstream(text, &size);
	ret = klog_report(path, json, out, &e);
	fclose(out);
	unlink(path);
	assert_int_equal(e.code, ERR_NONE);
	return ret;
}

static json_t *judge_json(const char *log, size_t len, int want)
{
	char *text;
	json_t *o;

	assert_int_equal(judge(log, len, true, &text), want);
	assert_int_equal(text[strlen(text) - 1], '\n');
	assert_int_equal(strcspn(text, "\n"), strlen(text) - 1);
	o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(o);
	free(text);
	return o;
}

static const char *string(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "(none)";
}

static long number(const json_t *o, const char *key)
{
	const json_t *n = json_object_get(o, key);

	return json_is_integer(n) ? (long)json_integer_value(n) : -1;
}

static void status_and_exit_code(void **state)
{
	static const struct {
		const char *log, *status;
		int code;
	} rows[] = {
		{PASS, "pass", 0},
		{"KTAP version 1\n1..1\nok 1 a # SKIP\n", "skip", 0},
		{"KTAP version 1\n1..1\nnot ok 1 a\n", "fail", 1},
		{"KTAP version 1\n1..2\nok 1 a\n", "incomplete", 1},
		{"KTAP version 1\n1..1\n    # Subtest: s\n    1..1\n", "crash",
		 1},
		{"", "none", 1},
		{"no test here\n", "none", 1},
		/* A finding outweighs every test. */
		{PASS KASAN("slab-out-of-bounds", "42", AT), "crash", 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *o = judge_json(rows[i].log, strlen(rows[i].log),
				       rows[i].code);

		assert_string_equal(string(o, "status"), rows[i].status);
		json_decref(o);
	}
}

static void the_whole_object(void **state)
{
	static const char log[] =
		"KTAP version 1\n1..1\n    KTAP version 1\n"
		"    # Subtest: s\n    1..3\n    ok 1 a\n"
		"    # b: EXPECTATION FAILED\n    not ok 2 b\n"
		"    ok 3 c # SKIP why\nnot ok 1 s\n"
		WARN("", "wrap.c:30", "42", AT);
	json_t *o = judge_json(log, sizeof(log) - 1, 1);
	json_t *suite = json_array_get(json_object_get(o, "suites"), 0);
	json_t *cases = json_object_get(suite, "cases");
	json_t *f = json_array_get(json_object_get(o, "findings"), 0);

	assert_string_equal(string(o, "status"), "crash");
	assert_int_equal(number(o, "passed"), 1);
	assert_int_equal(number(o, "failed"), 1);
	assert_int_equal(number(o, "skipped"), 1);
	assert_int_equal(number(o, "errors"), 0);
	assert_string_equal(string(suite, "name"), "s");
	assert_string_equal(string(suite, "status"), "fail");
	assert_int_equal(number(suite, "planned"), 3);
	assert_int_equal(json_array_size(cases), 3);
	assert_string_equal(string(json_array_get(cases, 1), "message"),
			    "    # b: EXPECTATION FAILED");
	assert_string_equal(string(json_array_get(cases, 2), "directive"),
			    "why");
	assert_int_equal(json_array_size(json_object_get(o, "findings")), 1);
	assert_string_equal(string(f, "kind"), "warn");
	assert_string_equal(string(f, "file"), "wrap.c");
	assert_int_equal(number(f, "line"), 30);
	assert_string_equal(string(f, "symbol"), AT);
	assert_int_equal(number(f, "log_line"), 11);
	json_decref(o);
}

/* Whatever bytes are in the log, the report is JSON. */
static void hostile_bytes(void **state)
{
	static const char log[] =
		"KTAP version 1\n1..1\n\0not ok 1 \xff\xc3(\033[31m\"\\\n"
		"BUG: \xf0\x9f\x92\xa5 \xed\xa0\x80 \x80\n";
	json_t *o = judge_json(log, sizeof(log) - 1, 1);

	assert_int_equal(number(o, "failed"), 1);
	assert_int_equal(json_array_size(json_object_get(o, "findings")), 1);
	json_decref(o);
}

static void text_for_people(void **state)
{
	static const char log[] = PASS WARN("", "wrap.c:30", "42", AT);
	char *text;

	assert_int_equal(judge(log, sizeof(log) - 1, false, &text), 1);
	assert_non_null(strstr(text, "warn: WARNING: wrap.c:30"));
	assert_non_null(strstr(text, "wrap.c:30\n"));
	assert_non_null(strstr(text, "crash: 1 passed, 0 failed"));
	free(text);
}

static void unreadable_files(void **state)
{
	struct err e = ERR_INIT;

	assert_int_equal(klog_report("/nonexistent/log", true, stdout, &e),
			 -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_string_equal(e.where, "/nonexistent/log");
	assert_int_equal(klog_report("/", true, stdout, &e), -1);
	assert_non_null(strstr(e.what, "directory"));
}

static void a_full_disk(void **state)
{
	struct err e = ERR_INIT;
	FILE *full = fopen("/dev/full", "w");

	assert_non_null(full);
	assert_int_equal(klog_report("/dev/null", true, full, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_and_exit_code),
		cmocka_unit_test(the_whole_object),
		cmocka_unit_test(hostile_bytes),
		cmocka_unit_test(text_for_people),
		cmocka_unit_test(unreadable_files),
		cmocka_unit_test(a_full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
