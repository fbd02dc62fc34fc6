/* SPDX-License-Identifier: GPL-2.0-or-later */
/* verdict: the names, the exit codes and the JSON that others rely on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/explain.h"
#include "checker/utf8.h"
#include "checker/buf.h"
#include "checker/verdict.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static char *dump(const struct verdict *v)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	assert_int_equal(verdict_json(v, f), 0);
	fclose(f);
	assert_int_equal(strlen(text), len);
	return text;
}

/* Exactly the keys of the contract, in its order. */
static void test_empty(void **state)
{
	static const char want[] =
		"{\"format\":1,\"lesson\":null,\"verdict\":\"pass\","
		"\"score\":{\"earned\":0,\"possible\":0},\"tiers\":["
		"{\"name\":\"stage\",\"result\":\"not-run\",\"ms\":null},"
		"{\"name\":\"lint\",\"result\":\"not-run\",\"ms\":null},"
		"{\"name\":\"build\",\"result\":\"not-run\",\"ms\":null},"
		"{\"name\":\"abi\",\"result\":\"not-run\",\"ms\":null},"
		"{\"name\":\"boot\",\"result\":\"not-run\",\"ms\":null},"
		"{\"name\":\"grade\",\"result\":\"not-run\",\"ms\":null}],"
		"\"checks\":[],\"findings\":[],\"guest\":null,"
		"\"kernel\":null,\"pack\":null,\"seed\":null,\"log\":null}\n";
	struct verdict v = {.outcome = OUTCOME_PASS};
	char *text = dump(&v);

	(void)state;
	assert_string_equal(text, want);
	free(text);
}

static void add_check(struct verdict *v)
{
	v->checks = calloc(1, sizeof(*v->checks));
	v->nchecks = 1;
	v->checks[0] = (struct verdict_check){
		.id = strdup("order"),
		.title = strdup("C first"),
		.result = CHECK_FAILED,
		.points = 2,
		.message = strdup("expected \"a\"\tand \xff\x1b[0m"),
		.evidence = strdup("not in the JSON"),
	};
}

static void add_finding(struct verdict *v)
{
	v->findings = calloc(2, sizeof(*v->findings));
	v->nfindings = 2;
	v->findings[0] = (struct finding){
		.kind = FINDING_KASAN,
		.title = strdup("KASAN: double-free in f"),
		.file = strdup("wrap.c"),
		.line = 12,
		.explain = strdup("twice"),
	};
	v->findings[1] = (struct finding){
		.kind = FINDING_HELD_LOCK,
		.title = strdup("lock held"),
	};
}

static void test_full(void **state)
{
	static const char checks[] =
		"\"checks\":[{\"id\":\"order\",\"title\":\"C first\","
		"\"result\":\"fail\",\"points\":2,\"message\":"
		"\"expected \\\"a\\\"\\tand \xef\xbf\xbd\xef\xbf\xbd[0m\"}]";
	static const char findings[] =
		"\"findings\":[{\"kind\":\"kasan\",\"title\":"
		"\"KASAN: double-free in f\",\"file\":\"wrap.c\",\"line\":12,"
		"\"explain\":\"twice\"},{\"kind\":\"held-lock\",\"title\":"
		"\"lock held\",\"file\":null,\"line\":null,"
		"\"explain\":null}]";
	static const char rest[] =
		"\"guest\":\"warm\",\"kernel\":\"7.3.4\",\"pack\":null,"
		"\"seed\":9223372036854775807,\"log\":\"/tmp/log\"}\n";
	struct verdict v = {
		.outcome = OUTCOME_CRASH,
		.lesson = strdup("1.2"),
		.reason = strdup("not in the JSON"),
		.earned = 3,
		.possible = 6,
		.warm = true,
		.booted = true,
		.kernel = strdup("7.3.4"),
		.seed = INT64_MAX,
		.log = strdup("/tmp/log"),
	};
	char *text;

	(void)state;
	add_check(&v);
	add_finding(&v);
	v.tiers[TIER_BUILD].result = TIER_OK;
	v.tiers[TIER_BUILD].ms = 1234;
	v.tiers[TIER_BOOT].result = TIER_FAILED;
	text = dump(&v);
	assert_non_null(strstr(text, "\"lesson\":\"1.2\",\"verdict\":"
				     "\"crash\",\"score\":{\"earned\":3,"
				     "\"possible\":6}"));
	assert_non_null(strstr(text, "{\"name\":\"build\",\"result\":"
				     "\"pass\",\"ms\":1234}"));
	assert_non_null(strstr(text, "{\"name\":\"boot\",\"result\":"
				     "\"fail\",\"ms\":0}"));
	assert_non_null(strstr(text, checks));
	assert_non_null(strstr(text, findings));
	assert_non_null(strstr(text, rest));
	assert_null(strstr(text, "not in the JSON"));
	free(text);
	verdict_release(&v);
}

static void test_guest_and_seed(void **state)
{
	struct verdict v = {.booted = true, .seed = UINT64_MAX};
	char *text = dump(&v);

	(void)state;
	assert_non_null(strstr(text, "\"guest\":\"cold\""));
	assert_non_null(strstr(text, "\"seed\":\"18446744073709551615\""));
	free(text);
	v.booted = false;
	v.warm = true;
	text = dump(&v);
	assert_non_null(strstr(text, "\"guest\":null"));
	free(text);
}

static void test_reports_full_disk(void **state)
{
	struct verdict v = {.outcome = OUTCOME_PASS};
	FILE *f = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(f);
	assert_int_equal(verdict_json(&v, f), -1);
	fclose(f);
}

/* The contract: what is printed, and what kiln exits with. */
static void test_outcomes(void **state)
{
	static const struct {
		enum outcome o;
		const char *name;
		int code;
	} want[] = {
		{OUTCOME_PASS, "pass", 0},
		{OUTCOME_FAIL, "fail", 1},
		{OUTCOME_BUILD_FAILED, "build-failed", 1},
		{OUTCOME_ABI_FAILED, "abi-failed", 1},
		{OUTCOME_CRASH, "crash", 1},
		{OUTCOME_TIMEOUT, "timeout", 1},
		{OUTCOME_INCOMPLETE, "incomplete", 1},
		{OUTCOME_LESSON_FAULT, "lesson-fault", 3},
		{OUTCOME_ENV_FAULT, "environment-fault", 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		struct verdict v = {.outcome = want[i].o};
		char *text = dump(&v);
		json_t *o = json_loads(text, 0, NULL);

		/* In the order of the enum, so that none is left out. */
		assert_int_equal(want[i].o, i);
		assert_string_equal(outcome_name(want[i].o), want[i].name);
		assert_int_equal(outcome_exit_code(want[i].o), want[i].code);
		assert_string_equal(
			json_string_value(json_object_get(o, "verdict")),
			want[i].name);
		json_decref(o);
		free(text);
	}
	assert_int_equal(sizeof(want) / sizeof(*want), OUTCOME_ENV_FAULT + 1);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(check_result_name(CHECK_PASSED), "pass");
	assert_string_equal(check_result_name(CHECK_FAILED), "fail");
	assert_string_equal(check_result_name(CHECK_NOT_RUN), "not-run");
	assert_string_equal(tier_result_name(TIER_OK), "pass");
	assert_string_equal(tier_result_name(TIER_FAILED), "fail");
	assert_string_equal(tier_result_name(TIER_NOT_RUN), "not-run");
}

static const char *nth_kind(int i)
{
	return finding_name((enum finding_kind)i);
}

static const char *nth_outcome(int i)
{
	return outcome_name((enum outcome)i);
}

static const char *nth_tier(int i)
{
	return tier_name((enum tier)i);
}

/* The words at @path in the schema of the book are those of @name. */
static void same_words(const json_t *schema, const char *const *path,
		       const char *(*name)(int i), int n)
{
	for (; *path; path++)
		schema = json_object_get(schema, *path);
	assert_int_equal(json_array_size(schema), n);
	for (int i = 0; i < n; i++)
		assert_string_equal(
			json_string_value(json_array_get(schema, (size_t)i)),
			name(i));
}

static void test_schema_has_our_words(void **state)
{
	static const char *const verdict[] = {"properties", "verdict", "enum",
					      NULL};
	static const char *const kind[] = {"$defs", "kind", "enum", NULL};
	static const char *const tier[] = {"properties", "tiers", "items",
					   "properties", "name",  "enum",
					   NULL};
	/* A log alone cannot show that something was forged. */
	static const char *const klog_kind[] = {
		"properties", "findings", "items", "properties",
		"kind",	      "enum",	  NULL};
	json_t *o = json_load_file("book/src/verdict.schema.json", 0, NULL);

	(void)state;
	assert_non_null(o);
	same_words(o, verdict, nth_outcome, OUTCOME_ENV_FAULT + 1);
	same_words(o, kind, nth_kind, FINDING_NKINDS);
	same_words(o, tier, nth_tier, TIER_N);
	json_decref(o);
	o = json_load_file("book/src/klog.schema.json", 0, NULL);
	assert_non_null(o);
	same_words(o, klog_kind, nth_kind, FINDING_FORGED);
	json_decref(o);
}

static void test_release(void **state)
{
	struct verdict v = {.lesson = strdup("x"), .seed = 3};

	(void)state;
	verdict_release(&v);
	assert_null(v.lesson);
	assert_int_equal(v.seed, 0);
	verdict_release(&v);
	verdict_release(NULL);
}

static void test_take_run(void **state)
{
	struct verdict from = {.outcome = OUTCOME_FAIL,
			       .lesson = strdup("9.9"),
			       .reason = strdup("theirs"),
			       .earned = 1,
			       .possible = 2,
			       .nchecks = 1,
			       .seed = 7};
	struct verdict to = {.outcome = OUTCOME_PASS,
			     .lesson = strdup("1.1"),
			     .reason = strdup("ours"),
			     .nchecks = 2};

	from.checks = calloc(1, sizeof(*from.checks));
	from.checks[0].id = strdup("theirs");
	to.checks = calloc(2, sizeof(*to.checks));
	to.checks[1].message = strdup("ours");
	verdict_take_run(&to, &from);
	assert_int_equal(to.outcome, OUTCOME_FAIL);
	assert_string_equal(to.lesson, "1.1");
	assert_string_equal(to.reason, "theirs");
	assert_int_equal(to.earned, 1);
	assert_int_equal(to.nchecks, 1);
	assert_string_equal(to.checks[0].id, "theirs");
	assert_int_equal(to.seed, 7);
	assert_null(from.reason);
	assert_int_equal(from.nchecks, 0);
	verdict_release(&to);
	verdict_release(&from);
}

static void test_every_finding_is_explained(void **state)
{
	(void)state;
	for (int k = 0; k < FINDING_NKINDS; k++) {
		const char *any = finding_explain((enum finding_kind)k, "?");

		assert_non_null(any);
		assert_ptr_equal(any,
				 finding_explain((enum finding_kind)k, NULL));
		assert_true(strlen(any) > 60);
	}
}

static void test_explanations_differ_by_title(void **state)
{
	static const struct {
		enum finding_kind kind;
		const char *title, *says;
	} want[] = {
		{FINDING_KASAN, "KASAN: slab-use-after-free in f", "after it"},
		{FINDING_KASAN, "KASAN: slab-out-of-bounds in f", "past the"},
		{FINDING_KASAN, "KASAN: double-free in f", "freed twice"},
		{FINDING_KASAN, "KASAN: null-ptr-deref in range", "NULL"},
		{FINDING_KASAN, "KASAN: stack-out-of-bounds in f", "local"},
		{FINDING_KASAN, "KASAN: global-out-of-bounds in f", "static"},
		{FINDING_KASAN, "KASAN: vmalloc-out-of-bounds in f", "vfree"},
		{FINDING_KASAN, "KASAN: use-after-free in f", "pages"},
		{FINDING_KASAN,
		 "KASAN: vmalloc-out-of-bounds in f, module memory",
		 "unloaded"},
		{FINDING_LOCKDEP,
		 "possible circular locking dependency "
		 "detected",
		 "other order"},
		{FINDING_LOCKDEP, "possible recursive locking detected",
		 "holds it already"},
		{FINDING_LOCKDEP, "inconsistent lock state, hardirq",
		 "irqsave"},
		{FINDING_LOCKDEP, "inconsistent lock state, softirq", "_bh()"},
		{FINDING_LOCKDEP, "BUG: Invalid wait context", "may sleep"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++)
		assert_non_null(
			strstr(finding_explain(want[i].kind, want[i].title),
			       want[i].says));
}

static void clean(struct buf *b, const char *s)
{
	buf_clear(b);
	utf8_add_clean(b, s, strlen(s));
}

static void test_utf8(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	clean(&b, "ä✓😀\ta\nb\r\n");
	assert_string_equal(b.data, "ä✓😀\ta\nb\n");
	clean(&b, "\xc0\x80|\xed\xa0\x80|\xf4\x90\x80\x80|\xe2\x9c");
	assert_string_equal(b.data, "��|���|����|��");
	clean(&b, "\x1b[1m\x7f\xc2\x9b"
		  "1m");
	assert_string_equal(b.data, "�[1m��1m");
	buf_clear(&b);
	utf8_add_clean(&b, "a\0b", 3);
	assert_string_equal(b.data, "a�b");
	clean(&b, "\xef\xbf\xbd|\xef\xbf\xbe|\xef\xbf\xbf|\xef\xbf\xbc");
	assert_string_equal(b.data, "�|���|���|\xef\xbf\xbc");
	assert_int_equal(utf8_cut("aä✓", 6, 5), 3);
	assert_int_equal(utf8_cut("aä✓", 6, 2), 1);
	assert_int_equal(utf8_cut("aä✓", 6, 9), 6);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_guest_and_seed),
		cmocka_unit_test(test_reports_full_disk),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_schema_has_our_words),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_take_run),
		cmocka_unit_test(test_every_finding_is_explained),
		cmocka_unit_test(test_explanations_differ_by_title),
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
