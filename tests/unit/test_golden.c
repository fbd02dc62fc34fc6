/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel logs with the verdict expected of them: tests/golden/NAME.log and
 * NAME.json, the object of `kiln klog --json` without the explanations. To
 * add one, drop NAME.log there and run tests/golden/make, which writes the
 * JSON of a log that has none; then look at it.
 */
#include "checker/err.h"
#include "checker/klog-json.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define FLAGS (JSON_INDENT(1) | JSON_SORT_KEYS)

static json_t *judge(const char *log)
{
	struct err e = ERR_INIT;
	char *text = NULL;
	json_t *o, *f;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);
	int code = klog_report(log, true, out, &e);

	fclose(out);
	if (code < 0)
		fail_msg("%s: %s", e.where, e.what);
	o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	free(text);
	assert_non_null(o);
	/* The words that teach may change without being wrong. */
	json_array_foreach(json_object_get(o, "findings"), i, f)
		json_object_del(f, "explain");
	json_object_set_new(o, "exit", json_integer(code));
	return o;
}

static char *expectation(const char *log)
{
	char *path = NULL;

	assert_true(asprintf(&path, "%.*s.json", (int)strlen(log) - 4,
			     log) > 0);
	return path;
}

/* Returns whether @log gave what it should; says so if not. */
static bool check(const char *log)
{
	char *path = expectation(log);
	json_error_t why;
	json_t *got = judge(log);
	json_t *want = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	bool ok = want && json_equal(got, want);

	if (!want && getenv("KILN_GOLDEN_WRITE") && access(path, F_OK) != 0) {
		ok = json_dump_file(got, path, FLAGS) == 0;
		printf("wrote %s: look at it\n", path);
	} else if (!want) {
		print_error("%s: %s\n", path, why.text);
	} else if (!ok) {
		print_error("%s does not match; it gives\n", path);
		json_dumpf(got, stderr, FLAGS);
		fputc('\n', stderr);
	}
	json_decref(want);
	json_decref(got);
	free(path);
	return ok;
}

static const char *folder(void)
{
	const char *dir = getenv("KILN_GOLDEN");

	return dir ? dir : "tests/golden";
}

static void every_log_gives_its_verdict(void **state)
{
	char pattern[4096];
	size_t wrong = 0;
	glob_t logs;

	snprintf(pattern, sizeof(pattern), "%s/*.log", folder());
	assert_int_equal(glob(pattern, 0, NULL, &logs), 0);
	assert_true(logs.gl_pathc >= 20);
	for (size_t i = 0; i < logs.gl_pathc; i++)
		wrong += !check(logs.gl_pathv[i]);
	globfree(&logs);
	assert_int_equal(wrong, 0);
}

/* An expectation whose log has gone tests nothing. */
static void every_expectation_has_its_log(void **state)
{
	char pattern[4096], log[4096];
	glob_t all;

	snprintf(pattern, sizeof(pattern), "%s/*.json", folder());
	if (glob(pattern, 0, NULL, &all) != 0)
		return;
	for (size_t i = 0; i < all.gl_pathc; i++) {
		const char *p = all.gl_pathv[i];

		snprintf(log, sizeof(log), "%.*s.log", (int)strlen(p) - 5, p);
		if (access(log, R_OK) != 0)
			fail_msg("%s has no log", p);
	}
	globfree(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_log_gives_its_verdict),
		cmocka_unit_test(every_expectation_has_its_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
