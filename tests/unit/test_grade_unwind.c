/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade: steps of many rounds. */
#include "checker/unwind.h"
#include "grade_fixture.h"

#define SPLAT                                                    \
	"WARNING: ring.c:12 at ring_init+0x1a/0x40 [ring], CPU#0: " \
	"insmod/42"

static struct unwind_round *add(struct step_result *s, int result)
{
	struct unwind_round *r = unwind_add(s->unwind);

	r->load = STEP_DONE;
	r->load_result = result;
	r->hit = result != 0;
	r->init = UNWIND_ENDED;
	r->unload = result ? STEP_NOT_RUN : STEP_DONE;
	return r;
}

static void round_of(struct run *r, int n)
{
	buf_addf(&r->log, "kiln: " NONCE " round 0 %d\n", n);
}

/* Two allocations that fail, and a load that goes well. */
static struct step_result *failslab(struct run *r)
{
	struct step_result *s = step(r, PLAN_FAILSLAB, "failslab ring.ko", 0);

	r->spec.plan[0].rounds = 20;
	s->unwind = unwind_new();
	add(s, -ENOMEM);
	add(s, -ENOMEM);
	add(s, 0);
	s->unwind->complete = true;
	check(r, CHECK_JOB, "failslab ring.ko", NULL);
	begin(r, 0);
	return s;
}

static const struct verdict *finish(struct run *r, struct step_result *s)
{
	const struct verdict *v;

	end(r, 0);
	done(r);
	v = graded(r);
	unwind_free(s->unwind);
	s->unwind = NULL;
	return v;
}

static void test_pass(void **state)
{
	struct run *r = *state;
	const struct verdict *v = finish(r, failslab(r));

	assert_int_equal(v->outcome, OUTCOME_PASS);
	assert_check(v, 0, CHECK_PASSED, "each of 2 allocations failed");
}

static void test_not_run(void **state)
{
	struct run *r = *state;
	struct step_result *s = failslab(r);
	const struct verdict *v;

	unwind_free(s->unwind);
	s->unwind = NULL;
	s->how = STEP_NOT_RUN;
	v = finish(r, s);
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_int_equal(v->checks[0].result, CHECK_NOT_RUN);
}

/* What the kernel reports belongs to a round, and fails the check. */
static void test_finding(void **state)
{
	struct run *r = *state;
	struct step_result *s = failslab(r);
	const struct verdict *v;

	round_of(r, 1);
	line(r, "ring: hello");
	round_of(r, 2);
	line(r, SPLAT);
	round_of(r, 3);
	v = finish(r, s);
	assert_int_equal(v->outcome, OUTCOME_CRASH);
	assert_has(v->reason, "when allocation 2 of init fails");
	assert_check(v, 0, CHECK_FAILED, "when allocation 2 of init fails");
	assert_has(v->checks[0].message, "the kernel reported: ");
}

static void test_allowed_finding(void **state)
{
	struct run *r = *state;
	struct step_result *s = failslab(r);
	const struct verdict *v;

	check(r, CHECK_FINDINGS, NULL, "warn", NULL);
	round_of(r, 2);
	line(r, SPLAT);
	v = finish(r, s);
	assert_int_equal(v->outcome, OUTCOME_PASS);
	assert_int_equal(v->checks[0].result, CHECK_PASSED);
}

/* A leak is a finding, as it is with PLAN_LEAKS. */
static void test_leak(void **state)
{
	struct run *r = *state;
	struct step_result *s = failslab(r);
	const struct verdict *v;

	unwind_take_leaks(s->unwind,
			  "1 1 kmalloc-16 1 f age=1 pid=7\n"
			  "   ring_new+0x1/0x2 [ring]\n",
			  "ring");
	v = finish(r, s);
	assert_int_equal(v->outcome, OUTCOME_CRASH);
	assert_int_equal(v->nfindings, 1);
	assert_int_equal(v->findings[0].kind, FINDING_LEAK);
	assert_has(v->findings[0].title, "when allocation 1 of init fails");
	assert_has(v->findings[0].explain, "unloaded");
	assert_check(v, 0, CHECK_FAILED, "1 object from kmalloc-16");
}

/* No check names the step: it must not pass for all that. */
static void test_unnamed(void **state)
{
	struct run *r = *state;
	struct step_result *s = failslab(r);
	const struct verdict *v;

	r->spec.nchecks = 0;
	s->unwind->v[1].left = strdup("/dev/ring");
	v = finish(r, s);
	r->spec.nchecks = 1;
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_has(v->reason, "/dev/ring is left behind");
}

/* A suite may be shown in each round, and once there. */
static void test_suites(void **state)
{
	static const char results[] = "KTAP version 1\n1..1\n"
				      "    KTAP version 1\n"
				      "    # Subtest: ring_suite\n    1..1\n"
				      "    ok 1 turns\nok 1 ring_suite\n";
	struct run *r = *state;
	struct step_result *s;

	for (int twice = 0; twice < 2; twice++) {
		const struct verdict *v;

		run_teardown(state);
		run_setup(state);
		r = *state;
		s = failslab(r);
		kunit(r, "ring_suite", results);
		for (int n = 1; n <= 3; n++) {
			round_of(r, n);
			for (int i = 0; i <= twice; i++)
				buf_adds(&r->log, results);
		}
		v = finish(r, s);
		assert_int_equal(v->outcome,
				 twice ? OUTCOME_FAIL : OUTCOME_PASS);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pass),	    TEST(test_not_run),
		TEST(test_finding),	    TEST(test_allowed_finding),
		TEST(test_leak),	    TEST(test_unnamed),
		TEST(test_suites),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
