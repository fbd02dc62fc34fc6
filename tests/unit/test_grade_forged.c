/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade: what is forged though KUnit itself, or the agent, seems to say it. */
#include "grade_fixture.h"

#include <stdio.h>

static const struct suite_home home = {
	.suite = (char *)"wrap_suite",
	.module = (char *)"wrap_test.ko",
};

static const char results[] = "KTAP version 1\n1..1\n    KTAP version 1\n"
			      "    # Subtest: wrap_suite\n    1..1\n"
			      "    ok 1 keeps_errors\nok 1 wrap_suite\n";

static void print_suite(struct run *r, const char *before)
{
	line(r, "KTAP version 1");
	line(r, "1..1");
	line(r, "    KTAP version 1");
	line(r, "    # Subtest: wrap_suite");
	line(r, "    1..1");
	if (before)
		line(r, before);
	line(r, "    ok 1 keeps_errors");
	line(r, "ok 1 wrap_suite");
}

/* A plan of the learner's module and the tests; the suite must pass. */
static struct run *two_modules(void **state)
{
	struct run *r = *state;
	struct check_spec *c;

	step(r, PLAN_INSMOD, "wrap.ko", 0);
	step(r, PLAN_INSMOD, "wrap_test.ko", 0);
	c = check(r, CHECK_KTAP, NULL, NULL);
	c->suite = strdup("wrap_suite");
	r->ev.homes = &home;
	r->ev.nhomes = 1;
	kunit(r, "wrap_suite", results);
	return r;
}

/* The suite in step @n, with a line in it. */
static const struct verdict *graded_in(struct run *r, int n, const char *before)
{
	for (int i = 0; i < 2; i++) {
		begin(r, i);
		if (i == n)
			print_suite(r, before);
		end(r, i);
	}
	done(r);
	return graded(r);
}

static void assert_forged(const struct verdict *v, const char *title,
			  const char *explain)
{
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_int_equal(v->nfindings, 1);
	assert_int_equal(v->findings[0].kind, FINDING_FORGED);
	assert_has(v->findings[0].title, title);
	assert_has(v->findings[0].explain, explain);
}

static void test_suite_at_home(void **state)
{
	const struct verdict *v = graded_in(two_modules(state), 1, NULL);

	assert_int_equal(v->outcome, OUTCOME_PASS);
	assert_int_equal(v->nfindings, 0);
}

/* KUnit knows it, for the learner's module has a suite of the same name. */
static void test_suite_elsewhere(void **state)
{
	const struct verdict *v = graded_in(two_modules(state), 0, NULL);

	assert_forged(v, "does not load its tests", "KUnit");
	assert_check(v, 0, CHECK_FAILED, "cannot be trusted");
}

static void test_suite_run_again(void **state)
{
	struct run *r = two_modules(state);

	r->spec.plan[0].op = PLAN_WRITE;
	free(r->spec.plan[0].target);
	r->spec.plan[0].target = strdup("/sys/kernel/debug/kunit/wrap_suite/"
					"run");
	assert_int_equal(graded_in(r, 0, NULL)->nfindings, 0);
}

static void test_another_suite_anywhere(void **state)
{
	struct run *r = two_modules(state);

	r->ev.nhomes = 0;
	assert_int_equal(graded_in(r, 0, NULL)->nfindings, 0);
}

static void test_acquitted(void **state)
{
	const struct verdict *v =
		graded_in(two_modules(state), 1,
			  "    # keeps_errors: EXPECTATION FAILED at t.c:12");

	assert_forged(v, "of a case that has failed", "KUnit");
	assert_check(v, 0, CHECK_FAILED, "cannot be trusted");
}

static void test_failure_of_another_case(void **state)
{
	struct run *r = two_modules(state);

	assert_int_equal(
		graded_in(r, 1, "    # other: ASSERTION FAILED at t.c:12")
			->nfindings,
		0);
}

static void test_marker_twice(void **state)
{
	struct run *r = two_modules(state);

	end(r, 0);
	assert_forged(graded_in(r, 1, NULL), "forged marker", "the agent");
}

static void test_surplus_answer(void **state)
{
	struct run *r = two_modules(state);

	r->ev.surplus = true;
	assert_forged(graded_in(r, 1, NULL), "forged answer", "port");
}

static void test_kernel_written_to(void **state)
{
	struct run *r = two_modules(state);

	snprintf(r->ev.seen.changed, sizeof(r->ev.seen.changed), "%s",
		 "kunit_hooks");
	assert_forged(graded_in(r, 1, NULL), "kunit_hooks was written to",
		      "from outside");
}

/* What the kernel has noted and does not print was hidden; what it says of
 * itself in the log was not.
 */
static void test_silenced(void **state)
{
	static const struct {
		struct seen seen;
		const char *title;
	} rows[] = {
		{{.kasan_off = true}, "KASAN's report is missing"},
		{{.locks_off = true}, "why lockdep was switched off"},
		{{.taints = 1ul << 9}, "the report of a fault"},
	};
	struct run *r = two_modules(state);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&r->log);
		r->ev.seen = rows[i].seen;
		assert_forged(graded_in(r, 1, NULL), rows[i].title, "noted");
	}
	/* TAINT_OOT_MODULE: every module of a lesson's is one. */
	buf_clear(&r->log);
	r->ev.seen = (struct seen){.taints = 1ul << 12};
	assert_int_equal(graded_in(r, 1, NULL)->nfindings, 0);
	buf_clear(&r->log);
	r->ev.seen = (struct seen){.locks_off = true, .taints = 1ul << 9};
	line(r, "------------[ cut here ]------------");
	line(r, "WARNING: wrap.c:7 at wrap_init+0x1/0x2 [wrap], CPU#0: "
		"insmod/40");
	line(r, "---[ end trace 0000000000000000 ]---");
	graded_in(r, 1, NULL);
	assert_int_equal(r->v.nfindings, 1);
	assert_int_equal(r->v.findings[0].kind, FINDING_WARN);
}

/* What a program printed: it tells of each case once, and then ends well. */
static const struct verdict *ran(struct run *r, const char *output, int status)
{
	struct step_result *s = step(r, PLAN_RUN, "run t", 0);
	struct check_spec *c = check(r, CHECK_TAP, "run t", NULL);

	c->kase = strdup("one");
	s->result = status;
	buf_adds(&s->output, output);
	begin(r, 0);
	end(r, 0);
	done(r);
	return graded(r);
}

static void test_program(void **state)
{
	const struct verdict *v =
		ran(*state, "TAP version 13\n1..1\nok 1 one\n", 0);

	assert_int_equal(v->outcome, OUTCOME_PASS);
}

static void test_program_output_forged(void **state)
{
	const struct verdict *v = ran(*state,
				      "TAP version 13\n1..1\nok 1 one\n"
				      "TAP version 13\n1..1\nok 1 one\n",
				      0);

	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_check(v, 0, CHECK_FAILED, "has more than one result");
}

static void test_program_ended_ill(void **state)
{
	const struct verdict *v =
		ran(*state, "TAP version 13\n1..1\nok 1 one\n", 1);

	assert_check(v, 0, CHECK_PASSED, "passed");
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_has(v->reason, "run t: it gave exit status 1");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_setup, run_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_suite_at_home),
		TEST(test_suite_elsewhere),
		TEST(test_suite_run_again),
		TEST(test_another_suite_anywhere),
		TEST(test_acquitted),
		TEST(test_failure_of_another_case),
		TEST(test_marker_twice),
		TEST(test_surplus_answer),
		TEST(test_kernel_written_to),
		TEST(test_silenced),
		TEST(test_program),
		TEST(test_program_output_forged),
		TEST(test_program_ended_ill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
