/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A check, or anything, in a copy of this process: what it tells arrives, it
 * outlives the other children that come and go, and nothing of it is left.
 */
#include "proc_fixture.h"

#include "checker/check.h"
#include "checker/store.h"
#include "shell/runner.h"

#include <sys/stat.h>

static int hold[2];

/* Until the other end of the pipe is closed. */
static int wait_for_end(void *arg)
{
	char c;

	close(hold[1]);
	return read(hold[0], &c, 1) == 0 ? *(int *)arg : 99;
}

static bool has_ended(const struct proc *p, int ms)
{
	struct pollfd fd = {.fd = proc_pidfd(p), .events = POLLIN};

	return poll(&fd, 1, ms) == 1;
}

static void a_copy_is_no_stray(void **state)
{
	struct proc_spec s = PROC_SPEC_INIT;
	struct err e = ERR_INIT;
	struct proc_result r;
	int code = 7, status;
	struct proc *p;

	assert_int_equal(pipe2(hold, O_CLOEXEC), 0);
	p = proc_fork(wait_for_end, &code, &e);
	assert_non_null(p);
	close(hold[0]);
	assert_int_equal(getpgid(proc_pid(p)), proc_pid(p));
	/* At the end of a child its strays are ended: this is none. */
	s.argv = ARGV("true");
	r = run(&s);
	assert_end(&r, PROC_EXITED, 0);
	proc_result_release(&r);
	assert_false(has_ended(p, 100));
	close(hold[1]);
	assert_true(has_ended(p, 5000));
	assert_true(proc_reap(p, &status));
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
	proc_kill(p);
}

static int start_others(void *arg)
{
	struct proc_spec s = PROC_SPEC_INIT;
	struct err e = ERR_INIT;

	s.argv = ARGV(helper("sleep-forever"));
	if (!proc_start(&s, &e))
		return 1;
	for (;;)
		pause();
}

static void what_it_started_goes_with_it(void **state)
{
	struct err e = ERR_INIT;
	struct proc *p = proc_fork(start_others, NULL, &e);
	int n = 200;

	assert_non_null(p);
	while (count_tagged() < 1 && n--)
		usleep(10000);
	assert_int_equal(count_tagged(), 1);
	proc_kill(p);
	assert_int_equal(count_tagged(), 0);
}

/* ---- a check ---- */

static struct spec spec = {
	.id = (char *)"0.1",
	.slug = (char *)"one",
	.title = (char *)"One",
	.dir = (char *)"/nowhere",
};

static enum runner_state wait_for(struct runner *r, struct verdict *v,
				  struct err *e)
{
	enum runner_state st = RUNNER_GOES_ON;

	while (st == RUNNER_GOES_ON) {
		struct pollfd p = {.fd = runner_fd(r), .events = POLLIN};

		assert_int_equal(poll(&p, 1, 20000), 1);
		st = runner_pump(r, NULL, v, e);
	}
	return st;
}

static struct runner *start(void)
{
	struct check_request req = {.spec = &spec, .dir = "/nowhere"};
	struct err e = ERR_INIT;
	struct runner *r = runner_start(&req, &e);

	assert_non_null(r);
	return r;
}

/* Nothing was set up there, so that there is one at once. */
static void a_verdict_comes_back(void **state)
{
	struct err e = ERR_INIT;
	struct runner *r;
	struct verdict v;

	r = start();
	assert_int_equal(wait_for(r, &v, &e), RUNNER_DONE);
	runner_free(r);
	assert_int_equal(v.outcome, OUTCOME_ENV_FAULT);
	assert_string_equal(v.lesson, "0.1");
	assert_non_null(strstr(v.reason, "the toolroot has not been made yet"));
	verdict_release(&v);
}

static void one_that_dies_is_told(void **state)
{
	struct err e = ERR_INIT;
	struct runner *r;
	struct verdict v;

	/* A spec without an id is a bug; a sanitizer ends it its own way. */
	spec.id = NULL;
	r = start();
	assert_int_equal(wait_for(r, &v, &e), RUNNER_FAILED);
	spec.id = (char *)"0.1";
	runner_free(r);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.what, "before it had a verdict"));
#ifndef __SANITIZE_ADDRESS__
	assert_non_null(strstr(e.where, "signal"));
#endif
}

static void one_may_be_dropped_at_once(void **state)
{
	for (int i = 0; i < 20; i++)
		runner_free(start());
}

static int make_home(void **state)
{
	static char home[64];
	char here[PATH_MAX];

	snprintf(home, sizeof(home), "/tmp/kiln-runner-XXXXXX");
	assert_non_null(mkdtemp(home));
	*state = home;
	setenv("KILN_HOME", home, 1);
	setenv("KILN_DATA", getcwd(here, sizeof(here)), 1);
	return 0;
}

static int drop_home(void **state)
{
	return remove_tree(*state, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROC_TEST(a_copy_is_no_stray),
		PROC_TEST(what_it_started_goes_with_it),
		PROC_TEST(a_verdict_comes_back),
		PROC_TEST(one_that_dies_is_told),
		PROC_TEST(one_may_be_dropped_at_once),
	};

	return cmocka_run_group_tests_name("runner", tests, make_home,
					   drop_home);
}
