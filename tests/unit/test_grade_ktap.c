/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade: KUnit suites held against the log, TAP of programs, forgery. */
#include "grade_fixture.h"

/* As debugfs has it (lib/kunit/debugfs.c): the suite is always number 1. */
static const char good_results[] =
	"KTAP version 1\n"
	"1..1\n"
	"    KTAP version 1\n"
	"    # Subtest: wrap_suite\n"
	"    1..2\n"
	"    ok 1 keeps_errors\n"
	"    ok 2 passes_values\n"
	"# wrap_suite: pass:2 fail:0 skip:0 total:2\n"
	"# Totals: pass:2 fail:0 skip:0 total:2\n"
	"ok 1 wrap_suite\n";

static const char bad_results[] =
	"KTAP version 1\n"
	"1..1\n"
	"    KTAP version 1\n"
	"    # Subtest: wrap_suite\n"
	"    1..2\n"
	"    # keeps_errors: EXPECTATION FAILED at test_wrap.c:12\n"
	"    Expected wrap_open(-1) == -22, but\n"
	"        wrap_open(-1) == -1 (0xffffffffffffffff)\n"
	"    not ok 1 keeps_errors\n"
	"    ok 2 passes_values\n"
	"# wrap_suite: pass:1 fail:1 skip:0 total:2\n"
	"# Totals: pass:1 fail:1 skip:0 total:2\n"
	"not ok 1 wrap_suite\n";

/* What the suite prints to the log, with @extra after its first case. */
static void suite(struct run *r, const char *first, const char *extra,
		  const char *result)
{
	line(r, "KTAP version 1");
	line(r, "1..1");
	line(r, "    KTAP version 1");
	line(r, "    # Subtest: wrap_suite");
	line(r, "    # module: wrap_test");
	line(r, "    1..2");
	line(r, first);
	if (extra)
		line(r, extra);
	line(r, "    ok 2 passes_values");
	line(r, "# wrap_suite: pass:2 fail:0 skip:0 total:2");
	line(r, "# Totals: pass:2 fail:0 skip:0 total:2");
	line(r, result);
}

static void good_suite(struct run *r)
{
	suite(r, "    ok 1 keeps_errors", NULL, "ok 1 wrap_suite");
}

static struct check_spec *ktap_check(struct run *r, const char *kase)
{
	struct check_spec *c = check(r, CHECK_KTAP, NULL, NULL);

	c->suite = strdup("wrap_suite");
	c->kase = kase ? strdup(kase) : NULL;
	return c;
}

/* A plan of one insmod, checked for the suite, with all in step 0. */
static struct run *one_insmod(void **state)
{
	struct run *r = *state;

	step(r, PLAN_INSMOD, "insmod wrap_test.ko", 0);
	ktap_check(r, NULL);
	check(r, CHECK_FINDINGS, NULL, NULL);
	begin(r, 0);
	return r;
}

static const struct verdict *finish(struct run *r)
{
	end(r, 0);
	done(r);
	return graded(r);
}

static void assert_forged(const struct verdict *v, const char *title)
{
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_int_equal(v->nfindings, 1);
	assert_int_equal(v->findings[0].kind, FINDING_FORGED);
	assert_has(v->findings[0].title, title);
	assert_has(v->findings[0].explain, "KUnit");
}

static void test_suite_passes(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	ktap_check(r, "keeps_errors");
	good_suite(r);
	kunit(r, "other_suite", bad_results);
	kunit(r, "wrap_suite", good_results);
	v = finish(r);
	assert_int_equal(v->outcome, OUTCOME_PASS);
	assert_int_equal(v->nfindings, 0);
	assert_check(v, 0, CHECK_PASSED,
		     "suite \"wrap_suite\" passed, "
		     "2 cases");
	assert_has(v->checks[0].evidence, "ok 1 keeps_errors");
	assert_check(v, 2, CHECK_PASSED, "case \"keeps_errors\" passed");
}

static void test_suite_fails(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	ktap_check(r, "passes_values");
	ktap_check(r, "no_such_case");
	suite(r, "    not ok 1 keeps_errors", NULL, "not ok 1 wrap_suite");
	kunit(r, "wrap_suite", bad_results);
	v = finish(r);
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_int_equal(v->nfindings, 0);
	assert_check(v, 0, CHECK_FAILED,
		     "case \"keeps_errors\" failed: EXPECTATION FAILED at "
		     "test_wrap.c:12");
	assert_has(v->checks[0].evidence, "wrap_open(-1) == -1");
	assert_check(v, 2, CHECK_PASSED, "passes_values");
	assert_check(v, 3, CHECK_FAILED, "has no case \"no_such_case\"");
}

static void test_suite_not_run(void **state)
{
	struct run *r = one_insmod(state);

	assert_check(finish(r), 0, CHECK_FAILED,
		     "suite \"wrap_suite\" was not run");
	assert_int_equal(r->v.outcome, OUTCOME_FAIL);
}

static void test_suite_without_cases(void **state)
{
	struct run *r = one_insmod(state);

	line(r, "ok 1 wrap_suite");
	kunit(r, "wrap_suite", "KTAP version 1\n1..1\nok 1 wrap_suite\n");
	assert_check(finish(r), 0, CHECK_FAILED, "ran no case");
}

static void test_skipped_case_is_no_pass(void **state)
{
	struct run *r = one_insmod(state);

	line(r, "KTAP version 1");
	line(r, "1..1");
	line(r, "    KTAP version 1");
	line(r, "    # Subtest: wrap_suite");
	line(r, "    1..1");
	line(r, "    ok 1 a # SKIP no device");
	line(r, "ok 1 wrap_suite # SKIP ");
	/* The kernel says it of the suite in the log alone. */
	kunit(r, "wrap_suite",
	      "KTAP version 1\n1..1\n    KTAP version 1\n"
	      "    # Subtest: wrap_suite\n    1..1\n"
	      "    ok 1 a # SKIP no device\nok 1 wrap_suite\n");
	assert_check(finish(r), 0, CHECK_FAILED,
		     "case \"a\" was skipped: no device");
	assert_int_equal(r->v.nfindings, 0);
}

/* debugfs alone is not enough: it ends a suite that was cut short, too. */
static void test_log_must_agree(void **state)
{
	struct run *r = one_insmod(state);

	kunit(r, "wrap_suite", good_results);
	assert_check(finish(r), 0, CHECK_FAILED, "the log shows none");

	buf_clear(&r->log);
	begin(r, 0);
	line(r, "KTAP version 1");
	line(r, "1..1");
	line(r, "    KTAP version 1");
	line(r, "    # Subtest: wrap_suite");
	line(r, "    1..2");
	line(r, "    ok 1 keeps_errors");
	assert_int_equal(finish(r)->outcome, OUTCOME_FAIL);
	assert_check(&r->v, 0, CHECK_FAILED, "do not agree");
}

static void test_forged_without_kunit(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	good_suite(r);
	v = finish(r);
	assert_forged(v, "\"ok 1 keeps_errors\"");
	assert_int_equal(v->findings[0].log_line, 8);
	assert_int_equal(v->findings[0].log_end, 12);
	assert_check(v, 0, CHECK_FAILED, "that KUnit does not know");
	assert_check(v, 1, CHECK_FAILED, "forged test result");
	assert_int_equal(v->earned, 0);
}

/* The code under test prints the result that the test will not give. */
static void test_forged_within_the_suite(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	suite(r, "    ok 1 keeps_errors", "    not ok 1 keeps_errors",
	      "not ok 1 wrap_suite");
	kunit(r, "wrap_suite", bad_results);
	v = finish(r);
	assert_forged(v, "\"ok 1 keeps_errors\"");
	assert_check(v, 0, CHECK_FAILED, "EXPECTATION FAILED");
}

static void test_forged_twice(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	good_suite(r);
	line(r, "ok 1 wrap_suite");
	kunit(r, "wrap_suite", good_results);
	kunit(r, "wrap_suite", good_results); /* collected after two steps */
	v = finish(r);
	assert_forged(v, "\"ok 1 wrap_suite\"");
	assert_check(v, 0, CHECK_FAILED, "cannot be trusted");
}

static void test_forged_contradiction(void **state)
{
	struct run *r = one_insmod(state);

	good_suite(r);
	kunit(r, "wrap_suite", bad_results);
	assert_forged(finish(r), "\"ok 1 keeps_errors\"");
}

static void test_forged_elsewhere(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	step(r, PLAN_RUN, "run t", 0);
	good_suite(r);
	kunit(r, "wrap_suite", good_results);
	end(r, 0);
	logged(r, 1, "not ok 7 of nine # TODO");
	done(r);
	v = graded(r);
	assert_forged(v, "\"not ok 7 of nine # TODO\"");
}

/* KUnit counts suites in the log; a suite may run anew in another step. */
static void test_not_forged(void **state)
{
	struct run *r = one_insmod(state);
	const struct verdict *v;

	step(r, PLAN_RUN, "run t", 0);
	step(r, PLAN_INSMOD, "insmod again", 0);
	buf_adds(&r->steps[1].output, "TAP version 13\n1..1\nok 1 made up\n");
	suite(r, "    ok 1 keeps_errors", "wrap: ok 1 is what we print",
	      "ok 3 wrap_suite");
	line(r, "okay 1 fine");
	end(r, 0);
	logged(r, 1, "wrap: not ok");
	begin(r, 2);
	good_suite(r);
	end(r, 2);
	done(r);
	kunit(r, "wrap_suite", good_results);
	kunit(r, "wrap_suite", good_results);
	v = graded(r);
	assert_int_equal(v->nfindings, 0);
}

/* Of a guest that died, KUnit's results could not be read. */
static void test_not_forged_when_cut_short(void **state)
{
	struct run *r = one_insmod(state);

	good_suite(r);
	r->steps[0].how = STEP_LOST;
	r->ev.end = GUEST_RESET;
	assert_int_equal(graded(r)->outcome, OUTCOME_INCOMPLETE);
	assert_int_equal(r->v.nfindings, 0);
	assert_check(&r->v, 0, CHECK_FAILED, "the guest ended before");
}

#define PARAMETERS(plan)                                                       \
	"KTAP version 1\n1..1\n"                                               \
	"    KTAP version 1\n"                                                 \
	"    # Subtest: wrap_suite\n" plan "        KTAP version 1\n"          \
	"        # Subtest: each\n"                                            \
	"        ok 1 zero\n"                                                  \
	"        ok 2 one\n"                                                   \
	"    # each: pass:2 fail:0 skip:0 total:2\n"                           \
	"    ok 1 each\n"                                                      \
	"# Totals: pass:2 fail:0 skip:0 total:2\n"                             \
	"ok 1 wrap_suite\n"

/*
 * Parameterised tests print a third level, in debugfs as in the log, and no
 * plan for it if a function generates the parameters.
 */
static void test_parameters(void **state)
{
	static const char results[] = PARAMETERS("    1..1\n");
	static const char *const amiss[] = {PARAMETERS("    1..2\n"),
					    PARAMETERS("")};
	struct run *r = one_insmod(state);

	buf_adds(&r->log, results);
	kunit(r, "wrap_suite", results);
	ktap_check(r, "each");
	assert_int_equal(finish(r)->outcome, OUTCOME_PASS);
	assert_int_equal(r->v.nfindings, 0);

	/* One case less than the suite's plan has; a suite without a plan. */
	for (int i = 0; i < 2; i++) {
		buf_clear(&r->log);
		begin(r, 0);
		buf_adds(&r->log, amiss[i]);
		r->ev.nkunit = 0;
		kunit(r, "wrap_suite", amiss[i]);
		assert_int_equal(finish(r)->outcome, OUTCOME_FAIL);
		assert_check(&r->v, 0, CHECK_FAILED, "is not complete");
	}
}

static struct check_spec *tap_check(struct run *r, const char *kase)
{
	struct check_spec *c = check(r, CHECK_TAP, "run t", NULL);

	c->kase = kase ? strdup(kase) : NULL;
	return c;
}

static void test_tap(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_RUN, "run t", 0)->result = 1;
	buf_adds(&r->steps[0].output,
		 "TAP version 13\n1..3\nok 1 opens\n# read gave 3\n"
		 "not ok 2 reads\nok 3 closes\n");
	tap_check(r, "opens");
	tap_check(r, "reads");
	tap_check(r, "writes");
	tap_check(r, NULL);
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_PASSED, "case \"opens\" passed");
	assert_check(v, 1, CHECK_FAILED, "case \"reads\" failed: read gave 3");
	assert_has(v->checks[1].evidence, "not ok 2 reads");
	assert_check(v, 2, CHECK_FAILED,
		     "no result for the case \"writes\"; run t: exit status "
		     "0 was expected, but it gave exit status 1");
	assert_check(v, 3, CHECK_FAILED, "case \"reads\" failed");
	assert_int_equal(v->earned, 2);
}

static void test_tap_whole(void **state)
{
	struct run *r = *state;

	step(r, PLAN_RUN, "run t", 0);
	tap_check(r, NULL);
	done(r);
	assert_check(graded(r), 0, CHECK_FAILED, "holds no test result");
	buf_adds(&r->steps[0].output, "TAP version 13\n1..2\nok 1 opens\n");
	assert_int_equal(graded(r)->checks[0].result, CHECK_FAILED);
	buf_adds(&r->steps[0].output, "ok 2 closes\n");
	assert_check(graded(r), 0, CHECK_PASSED, "all of 2 tests passed");
	r->steps[0].result = 1;
	assert_check(graded(r), 0, CHECK_FAILED, "every test passed; run t:");
	r->steps[0].how = STEP_NOT_RUN;
	assert_check(graded(r), 0, CHECK_NOT_RUN, "not reached");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_setup, run_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_suite_passes),
		TEST(test_suite_fails),
		TEST(test_suite_not_run),
		TEST(test_suite_without_cases),
		TEST(test_skipped_case_is_no_pass),
		TEST(test_log_must_agree),
		TEST(test_forged_without_kunit),
		TEST(test_forged_within_the_suite),
		TEST(test_forged_twice),
		TEST(test_forged_contradiction),
		TEST(test_forged_elsewhere),
		TEST(test_not_forged),
		TEST(test_not_forged_when_cut_short),
		TEST(test_parameters),
		TEST(test_tap),
		TEST(test_tap_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
