/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a proof is made of, and what is said of each case; no guest here. */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/verdict.h"
#include "shell/lesson.h"
#include "shell/proof-answer.h"
#include "shell/proof.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tmp_fixture.h"
#include "lesson_fixture.h"

static struct verdict_check two_checks[] = {
	{.id = (char *)"loads", .result = CHECK_PASSED},
	{.id = (char *)"clean", .result = CHECK_FAILED},
};

static struct verdict verdict_of(enum outcome o)
{
	return (struct verdict){
		.outcome = o,
		.reason = (char *)"so it was",
		.checks = two_checks,
		.nchecks = 2,
		.earned = 1,
		.possible = 1,
	};
}

/* ---- the plan ---- */

/* The fixture's lesson, but for an experiment that none of its steps has. */
static void put_whole(const char *dir)
{
	char path[4400];

	put_lesson(dir, fixture_script);
	snprintf(path, sizeof(path), "%s/try/once/wrap.rs", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/try/once", dir);
	assert_int_equal(rmdir(path), 0);
}

static void test_tried_by_none(void **state)
{
	struct proof_plan p;
	struct lesson l;
	char dir[4200];
	struct err e = ERR_INIT;

	(void)state;
	snprintf(dir, sizeof(dir), "%s/lessons/1-b/02-rust-calls-c", tmp);
	put_lesson(dir, fixture_script);
	assert_int_equal(lesson_load(&l, dir, &e), 0);
	assert_int_equal(proof_plan_make(&p, &l, &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_string_equal(e.what, "no predict step uses try/once/");
	lesson_release(&l);
}

static void test_plan(void **state)
{
	static const char *const names[] = {
		"solution",	  "starter",	     "alt/loop",
		"alt/other",	  "wrong/both",	     "wrong/broken",
		"wrong/no-errno", "step/the-wrapper"};
	struct proof_plan p;
	struct lesson l;
	char dir[4200];
	struct err e = ERR_INIT;

	(void)state;
	snprintf(dir, sizeof(dir), "%s/lessons/1-b/02-rust-calls-c", tmp);
	put_whole(dir);
	put_file("", "%s/alt/other/wrap.rs", dir);
	put_file("", "%s/alt/loop/wrap.rs", dir);
	put_file("", "%s/alt/.hidden/wrap.rs", dir);
	put_file("", "%s/alt/a-file", dir);
	assert_int_equal(lesson_load(&l, dir, &e), 0);
	assert_int_equal(proof_plan_make(&p, &l, &e), 0);
	assert_int_equal(p.n, 8);
	for (size_t i = 0; i < 8; i++) {
		assert_string_equal(p.v[i].name, names[i]);
		assert_ptr_equal(proof_plan_find(&p, names[i]), &p.v[i]);
	}
	assert_int_equal(p.v[2].kind, PROOF_ALT);
	assert_string_equal(p.v[6].wrong->check, "suite");
	assert_null(proof_plan_find(&p, "alt/none"));
	proof_plan_release(&p);
	lesson_release(&l);
}

/* What it is made of lies over the solution, or is the starter. */
static void test_laid_down(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {{"solution", "fn it() {}\n"},
		     {"starter", "// TODO\n"},
		     {"alt/loop", "fn loops() {}\n"},
		     {"wrong/no-errno", ""}};
	struct proof_plan p;
	struct lesson l;
	char dir[4200], to[4300], path[4400];
	struct err e = ERR_INIT;

	(void)state;
	snprintf(dir, sizeof(dir), "%s/lessons/1-b/02-rust-calls-c", tmp);
	put_whole(dir);
	put_file("fn loops() {}\n", "%s/alt/loop/wrap.rs", dir);
	assert_int_equal(lesson_load(&l, dir, &e), 0);
	assert_int_equal(proof_plan_make(&p, &l, &e), 0);
	for (size_t i = 0; i < 4; i++) {
		struct buf b = BUF_INIT;

		snprintf(to, sizeof(to), "%s/work-%zu", tmp, i);
		assert_int_equal(
			proof_lay_down(proof_plan_find(&p, cases[i].name), &l,
				       to, &e),
			0);
		snprintf(path, sizeof(path), "%s/wrap.rs", to);
		assert_int_equal(buf_read_file(&b, path, 100, &e), 0);
		assert_string_equal(buf_str(&b), cases[i].text);
		buf_release(&b);
	}
	proof_plan_release(&p);
	lesson_release(&l);
}

/* ---- what is said of a verdict ---- */

static void says(const struct proof_case *c, const struct verdict *v,
		 const char *why)
{
	struct buf b = BUF_INIT;
	bool holds = proof_holds(c, NULL, v, &b);

	assert_string_equal(buf_str(&b), why);
	assert_int_equal(holds, !*why);
	buf_release(&b);
}

static void test_solution(void **state)
{
	static const enum proof_kind kinds[] = {PROOF_SOLUTION, PROOF_ALT};
	struct diag d = {.message = (char *)"unused variable"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct proof_case c = {.kind = kinds[i]};
		struct verdict v = verdict_of(OUTCOME_PASS);

		says(&c, &v, "");
		v.possible = 3;
		says(&c, &v, "it should earn 3 points, and earns 1");
		v.diags = &d;
		v.ndiags = 1;
		says(&c, &v,
		     "it should build without a word, and there is: "
		     "unused variable");
		v = verdict_of(OUTCOME_CRASH);
		says(&c, &v,
		     "it should pass, and the verdict is crash: "
		     "so it was");
		v = verdict_of(OUTCOME_LESSON_FAULT);
		says(&c, &v, "the lesson is at fault: so it was");
	}
}

static void test_starter(void **state)
{
	const struct proof_case c = {.kind = PROOF_STARTER};
	struct verdict v = verdict_of(OUTCOME_BUILD_FAILED);

	(void)state;
	says(&c, &v, "");
	v = verdict_of(OUTCOME_PASS);
	says(&c, &v, "it should not pass as it is given out");
	v = verdict_of(OUTCOME_LESSON_FAULT);
	says(&c, &v, "the lesson is at fault: so it was");
}

static void test_wrong(void **state)
{
	struct lesson_wrong w = {.check = (char *)"clean"};
	const struct proof_case c = {.kind = PROOF_WRONG, .wrong = &w};
	struct verdict v = verdict_of(OUTCOME_FAIL);

	(void)state;
	says(&c, &v, "");
	v.outcome = OUTCOME_PASS;
	says(&c, &v, "it passes, and check clean should reject it");
	v.outcome = OUTCOME_FAIL;
	w.check = (char *)"loads";
	says(&c, &v,
	     "check 'loads' should reject it, and clean does (fail: "
	     "so it was)");
	w.check = (char *)"clean";
	w.has_verdict = true;
	w.verdict = OUTCOME_CRASH;
	says(&c, &v, "the verdict should be crash, and is fail: so it was");
	v.outcome = OUTCOME_CRASH;
	says(&c, &v, "");
	w.check = NULL;
	v.outcome = OUTCOME_PASS;
	says(&c, &v, "it passes, and the verdict crash should reject it");
}

/* ---- answers ---- */

static struct proof_answer answer_of(const struct verdict *v)
{
	struct proof_answer a;
	struct err e = ERR_INIT;

	assert_int_equal(proof_answer_take(&a, v, true, NULL, 17, &e), 0);
	return a;
}

/* Written by one process, read by another, after whatever it printed. */
static void test_answer_travels(void **state)
{
	struct verdict v = verdict_of(OUTCOME_FAIL);
	struct proof_answer a, b;
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	char *s;
	size_t n;
	FILE *f = open_memstream(&s, &n);

	(void)state;
	v.reason = (char *)"bad \xff byte";
	a = answer_of(&v);
	assert_string_equal(a.flaky, "");
	buf_adds(&text, "it differed");
	assert_int_equal(proof_answer_set_flaky(&a, &text, &e), 0);
	buf_clear(&text);
	assert_int_equal(proof_answer_write(&a, f), 0);
	fclose(f);
	buf_adds(&text, "a warning\n{ not this }\n");
	buf_adds(&text, s);
	free(s);
	assert_int_equal(proof_answer_read(&b, buf_str(&text), text.len, &e),
			 0);
	assert_string_equal(b.verdict, "fail");
	assert_string_equal(b.reason, "bad \xef\xbf\xbd byte");
	assert_int_equal(b.checks.n, 2);
	assert_string_equal(b.checks.v[1], "clean fail");
	assert_true(b.holds);
	assert_string_equal(b.why, "");
	assert_string_equal(b.flaky, "it differed");
	assert_int_equal(b.ms, 17);
	proof_answer_release(&a);
	proof_answer_release(&b);
	buf_release(&text);
}

static void test_error_travels(void **state)
{
	struct err sent = ERR_INIT, got = ERR_INIT;
	struct proof_answer a;
	char *s;
	size_t n;
	FILE *f = open_memstream(&s, &n);

	(void)state;
	err_set(&sent, ERR_LESSON, 0, "it is at fault");
	err_where(&sent, "lesson.lua:3");
	err_next(&sent, "mend it");
	assert_int_equal(proof_answer_write_error(&sent, f), 0);
	fclose(f);
	assert_int_equal(proof_answer_read(&a, s, n, &got), -1);
	free(s);
	assert_int_equal(got.code, ERR_LESSON);
	assert_string_equal(got.what, "it is at fault");
	assert_string_equal(got.where, "lesson.lua:3");
	assert_string_equal(got.next, "mend it");
}

static void test_no_answer(void **state)
{
	static const char *const texts[] = {"", "Segmentation fault\n", "{}\n",
					    "{\"verdict\":1}\n",
					    "{\"error\":{}}\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct proof_answer a;
		struct err e = ERR_INIT;

		assert_int_equal(
			proof_answer_read(&a, texts[i], strlen(texts[i]), &e),
			-1);
		assert_int_equal(e.code, ERR_ENV);
	}
}

static void test_twice(void **state)
{
	struct verdict v = verdict_of(OUTCOME_FAIL);
	struct proof_answer a = answer_of(&v), b = answer_of(&v);
	struct buf why = BUF_INIT;

	(void)state;
	assert_true(proof_answer_same(&a, &b, &why));
	proof_answer_release(&b);
	two_checks[1].result = CHECK_NOT_RUN;
	b = answer_of(&v);
	assert_false(proof_answer_same(&a, &b, &why));
	assert_string_equal(buf_str(&why), "check 'clean' gave fail the first "
					   "time, and not-run the second");
	two_checks[1].result = CHECK_FAILED;
	proof_answer_release(&b);
	v.outcome = OUTCOME_CRASH;
	b = answer_of(&v);
	buf_clear(&why);
	assert_false(proof_answer_same(&a, &b, &why));
	assert_string_equal(buf_str(&why), "the verdict was fail the first "
					   "time, and crash the second: "
					   "so it was");
	proof_answer_release(&a);
	proof_answer_release(&b);
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(test_plan),
		TMP_TEST(test_tried_by_none),
		TMP_TEST(test_laid_down),
		cmocka_unit_test(test_solution),
		cmocka_unit_test(test_starter),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_answer_travels),
		cmocka_unit_test(test_error_travels),
		cmocka_unit_test(test_no_answer),
		cmocka_unit_test(test_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
