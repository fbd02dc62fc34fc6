/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of a verdict: TAP, JUnit, Gradescope. That other programs read
 * them is tests/unit/formats.sh; given a folder, this program writes there
 * what that looks at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verdict_fixture.h"

#include <jansson.h>
#include <stdio.h>

typedef int (*writer)(const struct verdict *v, FILE *out);

static const struct {
	const char *name;
	writer write;
} formats[] = {
	{"json", verdict_json},
	{"tap", verdict_tap},
	{"junit", verdict_junit},
	{"gradescope", verdict_gradescope},
};

enum { N_FORMATS = sizeof(formats) / sizeof(formats[0]) };

static char *written(writer write, void (*make)(struct verdict *v))
{
	struct verdict v;
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	make(&v);
	assert_int_equal(write(&v, f), 0);
	fclose(f);
	verdict_release(&v);
	assert_int_equal(strlen(text), len);
	return text;
}

static unsigned count(const char *text, const char *what)
{
	unsigned n = 0;

	for (const char *p = text; (p = strstr(p, what)); p++)
		n++;
	return n;
}

static void has(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("no \"%s\" in\n%s", what, text);
}

static void has_not(const char *text, const char *what)
{
	if (strstr(text, what))
		fail_msg("\"%s\" in\n%s", what, text);
}

static void test_tap_whole(void **state)
{
	static const char want[] =
		"TAP version 13\n"
		"1..4\n"
		"# lesson 1.2: 1 of 4 points\n"
		"ok 1 - loads: the module loads\n"
		"not ok 2 - values: bytes come and go\n"
		"  ---\n"
		"  message: \"case \\\"two\\\" failed: expected 3, got 4\\n\\n"
		"    # two: EXPECTATION FAILED at t.c:9\\n    not ok 2 two\"\n"
		"  result: fail\n"
		"  points: 3\n"
		"  ...\n"
		"not ok 3 - extra: a bonus\n"
		"  ---\n"
		"  message: \"it is not\"\n"
		"  result: fail\n"
		"  points: 0\n"
		"  ...\n"
		"not ok 4 - verdict: fail\n"
		"  ---\n"
		"  message: \"Not passed (fail): 1 of 4 points.\\nbytes come "
		"and go: case \\\"two\\\" failed\"\n"
		"  verdict: fail\n"
		"  earned: 1\n"
		"  possible: 4\n"
		"  kernel: \"7.3.4\"\n"
		"  log: \"/home/ada/.local/state/kiln/logs/1.2.log\"\n"
		"  ...\n";
	char *text = written(verdict_tap, make_fail);

	assert_string_equal(text, want);
	free(text);
}

/* All checks hold, and the last line still says that it is no pass. */
static void test_no_false_pass(void **state)
{
	char *text = written(verdict_tap, make_crash_alone);

	assert_int_equal(count(text, "\nok "), 1);
	has(text, "\nnot ok 2 - verdict: crash\n");
	free(text);
	text = written(verdict_junit, make_crash_alone);
	has(text, "tests=\"2\" failures=\"1\" errors=\"0\"");
	has(text, "<failure type=\"crash\" message=\"the kernel reported");
	free(text);
}

/* What did not run is neither passed nor skipped in TAP: both count as ok. */
static void test_not_run(void **state)
{
	char *text = written(verdict_tap, make_build_failed);

	assert_int_equal(count(text, "\nnot ok "), 3);
	assert_int_equal(count(text, "\nok "), 0);
	has(text, "message: \"not run: it does not build: wrap_rs.rs:12");
	has(text, "wrap_rs.rs:12:5: error[E0308]: mismatched types");
	has(text, "and 5 errors more");
	has_not(text, "must not be told");
	free(text);
	text = written(verdict_junit, make_build_failed);
	has(text, "tests=\"3\" failures=\"1\" errors=\"0\"");
	has(text, "skipped=\"2\"");
	assert_int_equal(count(text, "<skipped "), 2);
	has(text, "error[E0308]: &lt;oops&gt; &amp; more");
	free(text);
}

static void check_tap_fault(void (*make)(struct verdict *v), const char *line)
{
	char *text = written(verdict_tap, make);

	assert_int_equal(count(text, "ok "), 0);
	assert_int_equal(count(text, "1.."), 0);
	assert_int_equal(count(text, "\n"), 2);
	has(text, line);
	free(text);
}

static void check_junit_fault(void (*make)(struct verdict *v), const char *type)
{
	char *text = written(verdict_junit, make);

	assert_int_equal(count(text, "<failure"), 0);
	assert_int_equal(count(text, "<error"), 1);
	assert_int_equal(count(text, "failures=\"0\" errors=\"1\""), 2);
	has(text, type);
	has_not(text, "points.earned");
	free(text);
}

static void check_gradescope_fault(void (*make)(struct verdict *v))
{
	char *text = written(verdict_gradescope, make);
	json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(o);
	assert_null(json_object_get(o, "score"));
	assert_null(json_object_get(o, "tests"));
	has(json_string_value(json_object_get(o, "output")),
	    "this says nothing about the work.\n");
	json_decref(o);
	free(text);
}

/* A fault of ours never looks like one of the learner's. */
static void test_faults(void **state)
{
	check_tap_fault(make_env_fault,
			"\nBail out! environment-fault: the toolroot has not "
			"been made \\#yet; run `kiln setup` once\n");
	check_tap_fault(make_lesson_fault,
			"\nBail out! lesson-fault: check \"x\" of the lesson "
			"is wrong\n");
	check_junit_fault(make_env_fault, "<error type=\"environment-fault\"");
	check_junit_fault(make_lesson_fault, "<error type=\"lesson-fault\"");
	check_gradescope_fault(make_env_fault);
	check_gradescope_fault(make_lesson_fault);
}

static void test_junit_whole(void **state)
{
	static const char want[] =
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"kiln\" tests=\"2\" failures=\"2\" "
		"errors=\"0\" time=\"2.451\">\n"
		" <testsuite name=\"lesson 1.2\" tests=\"2\" failures=\"2\" "
		"errors=\"0\" time=\"2.451\" skipped=\"0\">\n"
		"  <properties>\n"
		"   <property name=\"lesson\" value=\"1.2\"/>\n"
		"   <property name=\"verdict\" value=\"timeout\"/>\n"
		"   <property name=\"points.earned\" value=\"0\"/>\n"
		"   <property name=\"points.possible\" value=\"1\"/>\n"
		"   <property name=\"tier.stage.ms\" value=\"9\"/>\n"
		"   <property name=\"tier.build.ms\" value=\"1649\"/>\n"
		"   <property name=\"tier.boot.ms\" value=\"793\"/>\n"
		"   <property name=\"tier.grade.ms\" value=\"0\"/>\n"
		"   <property name=\"guest\" value=\"warm\"/>\n"
		"   <property name=\"kernel\" value=\"7.3.4\"/>\n"
		"   <property name=\"seed\" value=\"939312038909108\"/>\n"
		"   <property name=\"log\" "
		"value=\"/home/ada/.local/state/kiln/logs/1.2.log\"/>\n"
		"  </properties>\n"
		"  <testcase name=\"loads: the module loads\" "
		"classname=\"kiln.lesson_1_2\" time=\"0.000\">\n"
		"   <failure type=\"fail\" message=\"no result for insmod; it "
		"did not end\">no result for insmod; it did not end"
		"</failure>\n"
		"  </testcase>\n"
		"  <testcase name=\"verdict\" classname=\"kiln.lesson_1_2\" "
		"time=\"2.451\">\n"
		"   <failure type=\"timeout\" message=\"insmod wrap.ko: it "
		"did not end\">Not passed (timeout): 0 of 1 points.\n"
		"insmod wrap.ko: it did not end</failure>\n"
		"   <system-out>--- run probe\nok 1 - it is there\n"
		"</system-out>\n"
		"  </testcase>\n"
		" </testsuite>\n"
		"</testsuites>\n";
	char *text = written(verdict_junit, make_timeout);

	assert_string_equal(text, want);
	free(text);
}

static json_t *gradescope(void (*make)(struct verdict *v))
{
	char *text = written(verdict_gradescope, make);
	json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(o);
	free(text);
	return o;
}

static void same_string(const json_t *o, const char *key, const char *want)
{
	assert_string_equal(json_string_value(json_object_get(o, key)), want);
}

static void test_gradescope_whole(void **state)
{
	json_t *o = gradescope(make_fail);
	json_t *tests = json_object_get(o, "tests");
	json_t *test = json_array_get(tests, 1);
	json_t *kiln =
		json_object_get(json_object_get(o, "extra_data"), "kiln");

	assert_int_equal(json_array_size(tests), 4);
	assert_int_equal(json_integer_value(json_object_get(o, "score")), 1);
	same_string(test, "name", "bytes come and go");
	same_string(test, "status", "failed");
	assert_int_equal(json_integer_value(json_object_get(test, "score")), 0);
	assert_int_equal(json_integer_value(json_object_get(test, "max_score")),
			 3);
	has(json_string_value(json_object_get(test, "output")),
	    "expected 3, got 4\n\n    # two: EXPECTATION");
	same_string(json_array_get(tests, 2), "status", "failed");
	same_string(json_array_get(tests, 3), "status", "failed");
	same_string(json_array_get(tests, 3), "output", "fail");
	same_string(kiln, "verdict", "fail");
	same_string(o, "stdout_visibility", "hidden");
	json_decref(o);
}

/* Full points, and yet something that is red. */
static void test_gradescope_no_false_pass(void **state)
{
	json_t *o = gradescope(make_crash_alone);
	json_t *tests = json_object_get(o, "tests");

	assert_int_equal(json_integer_value(json_object_get(o, "score")), 1);
	assert_int_equal(json_array_size(tests), 2);
	same_string(json_array_get(tests, 0), "status", "passed");
	same_string(json_array_get(tests, 1), "status", "failed");
	same_string(json_array_get(tests, 1), "output", "crash");
	json_decref(o);
}

/* A '#' that is not escaped would begin a directive. */
static void no_directives(const char *tap)
{
	for (const char *p = tap; *p; p = strchr(p, '\n') + 1) {
		size_t n = strcspn(p, "\n");

		if (strncmp(p, "ok ", 3) != 0 && strncmp(p, "not ok ", 7) != 0)
			continue;
		for (size_t i = 0; i < n; i++) {
			if (p[i] == '\\')
				i++;
			else if (p[i] == '#')
				fail_msg("a directive: %.*s", (int)n, p);
		}
	}
}

/* Each format keeps what a text says out of what it says itself. */
static void test_hostile(void **state)
{
	char *tap = written(verdict_tap, make_hostile);
	char *xml = written(verdict_junit, make_hostile);
	unsigned n = N_HOSTILE + 3 + 1;

	assert_int_equal(count(tap, "\nok ") + count(tap, "\nnot ok "), n);
	assert_int_equal(count(tap, "\nBail out!"), 0);
	assert_int_equal(count(tap, "\n1.."), 1);
	no_directives(tap);
	assert_int_equal(count(tap, "\n  ---\n"), count(tap, "\nnot ok "));
	assert_int_equal(count(xml, "<testcase "), n);
	assert_int_equal(count(xml, "</testcase>"), n);
	assert_int_equal(count(xml, "]]>"), 0);
	assert_int_equal(count(xml, "<script"), 0);
	has(xml, "[83616 bytes more]");
	has(xml, "message=\"  ...&#10;  ---&#10;...&#10;---&#10;key: value\"");
	for (const char *p = xml; *p; p++)
		if ((unsigned char)*p < 0x20 && !strchr("\n\t", *p))
			fail_msg("a control character: %d", *p);
	free(tap);
	free(xml);
}

/* Outcome by outcome: what each format has to say of it. */
static void test_every_outcome(void **state)
{
	for (size_t i = 0; i < N_VERDICTS; i++) {
		struct verdict v;
		bool pass, fault;
		char *tap = written(verdict_tap, verdicts[i].make);
		char *xml = written(verdict_junit, verdicts[i].make);
		json_t *o = gradescope(verdicts[i].make);

		verdicts[i].make(&v);
		pass = v.outcome == OUTCOME_PASS;
		fault = outcome_exit_code(v.outcome) > 1;
		assert_int_equal(count(tap, "Bail out! ") > 0 &&
					 !strstr(tap, "\n1.."),
				 fault);
		assert_int_equal(count(tap, "not ok ") == 0, pass || fault);
		assert_int_equal(count(xml, "<failure ") == 0, pass || fault);
		assert_int_equal(count(xml, "<error ") > 0, fault);
		assert_int_equal(json_object_get(o, "score") == NULL, fault);
		json_decref(o);
		free(tap);
		free(xml);
		verdict_release(&v);
	}
}

static void test_full_disk(void **state)
{
	for (size_t i = 0; i < N_FORMATS; i++) {
		struct verdict v;
		FILE *f = fopen("/dev/full", "w");

		assert_non_null(f);
		make_pass(&v);
		assert_int_equal(formats[i].write(&v, f), -1);
		fclose(f);
		verdict_release(&v);
	}
}

/* Of jansson's allocations, those still to be granted; negative: all. */
static long grant = -1;

static void *some_memory(size_t n)
{
	if (grant == 0)
		return NULL;
	grant -= grant > 0;
	return malloc(n);
}

/* Allocation 1 fails, then 2, …: each is told, and no half a result given. */
static void test_no_memory(void **state)
{
	json_set_alloc_funcs(some_memory, free);
	for (size_t i = 0; i < N_FORMATS; i++) {
		struct verdict v;
		int ret = -1;
		long n = 0;

		if (formats[i].write == verdict_junit)
			continue; /* without jansson */
		make_fail(&v);
		for (; ret < 0 && n < 1000; n++) {
			char *text = NULL;
			size_t len;
			FILE *f = open_memstream(&text, &len);

			grant = n;
			ret = formats[i].write(&v, f);
			grant = -1;
			fclose(f);
			assert_true(ret == 0 || text[0] == '\0');
			free(text);
		}
		assert_int_equal(ret, 0);
		assert_true(n > 5);
		verdict_release(&v);
	}
	json_set_alloc_funcs(malloc, free);
}

/* Every verdict in every format, as DIR/VERDICT.FORMAT. */
static int write_all(const char *dir)
{
	for (size_t i = 0; i < N_VERDICTS * N_FORMATS; i++) {
		size_t k = i / N_FORMATS, j = i % N_FORMATS;
		struct verdict v;
		char path[4096];
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s.%s", dir, verdicts[k].name,
			 formats[j].name);
		f = fopen(path, "w");
		if (!f)
			return 1;
		verdicts[k].make(&v);
		if (formats[j].write(&v, f) < 0 || fclose(f) != 0)
			return 1;
		verdict_release(&v);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tap_whole),
		cmocka_unit_test(test_no_false_pass),
		cmocka_unit_test(test_not_run),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_junit_whole),
		cmocka_unit_test(test_gradescope_whole),
		cmocka_unit_test(test_gradescope_no_false_pass),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_every_outcome),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_no_memory),
	};

	if (argc == 2)
		return write_all(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
