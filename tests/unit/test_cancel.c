/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ^C and its kin as events: cancel_begin, cancel_signal, cancel_end. */
#include "proc_fixture.h"

static int cancel_on(void)
{
	struct err e = ERR_INIT;
	int fd = cancel_begin(&e);

	if (fd < 0)
		fail_msg("%s", e.what);
	return fd;
}

static bool readable(int fd)
{
	struct pollfd pfd = {.fd = fd, .events = POLLIN};

	return poll(&pfd, 1, 0) == 1;
}

static void stays_readable(void **state)
{
	int fd = cancel_on();

	assert_false(readable(fd));
	assert_int_equal(cancel_signal(), 0);
	raise(SIGINT);
	for (int i = 0; i < 3; i++) {
		assert_true(readable(fd));
		assert_int_equal(cancel_signal(), SIGINT);
	}
	/* Were it delivered now, this test would die of it. */
	assert_int_equal(cancel_end(), SIGINT);
	assert_int_equal(cancel_signal(), 0);
	fd = cancel_on();
	assert_false(readable(fd));
	assert_int_equal(cancel_end(), 0);
}

static void leaving_comes_before_interrupting(void **state)
{
	cancel_on();
	raise(SIGINT);
	raise(SIGTERM);
	assert_int_equal(cancel_signal(), SIGTERM);
	raise(SIGHUP);
	assert_int_equal(cancel_signal(), SIGHUP);
	assert_int_equal(cancel_end(), SIGHUP);
}

static void ignored_stays_ignored(void **state)
{
	int fd;

	signal(SIGHUP, SIG_IGN);
	fd = cancel_on();
	raise(SIGHUP);
	assert_false(readable(fd));
	assert_int_equal(cancel_end(), 0);
	signal(SIGHUP, SIG_DFL);
}

static void interrupt(void *arg, const char *data, size_t len)
{
	raise(SIGINT);
}

static void ends_a_run(void **state)
{
	struct proc_spec s = PROC_SPEC_INIT;
	struct proc_result r;

	s.argv = ARGV(helper("ignore-term"));
	s.cancel_fd = cancel_on();
	s.on_output = interrupt;
	s.grace_ms = 50;
	r = run(&s);
	assert_end(&r, PROC_CANCELLED, 0);
	assert_true(r.wall_ms < 3000);
	proc_result_release(&r);
	assert_int_equal(cancel_end(), SIGINT);
}

static int term_after_the_end(void)
{
	cancel_on();
	cancel_end();
	raise(SIGTERM);
	return 0;
}

static void afterwards_they_kill_again(void **state)
{
	assert_int_equal(in_a_fork(term_after_the_end), 1000 + SIGTERM);
}

static int nest(void)
{
	int null = open("/dev/null", O_WRONLY);

	/* cmocka would catch the abort; the message is not for the report. */
	signal(SIGABRT, SIG_DFL);
	dup2(null, STDERR_FILENO);
	cancel_on();
	cancel_on();
	return 0;
}

static int end_without_begin(void)
{
	int null = open("/dev/null", O_WRONLY);

	signal(SIGABRT, SIG_DFL);
	dup2(null, STDERR_FILENO);
	cancel_end();
	return 0;
}

static void wrong_use_is_a_bug(void **state)
{
	assert_int_equal(in_a_fork(nest), 1000 + SIGABRT);
	assert_int_equal(in_a_fork(end_without_begin), 1000 + SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROC_TEST(stays_readable),
		PROC_TEST(leaving_comes_before_interrupting),
		PROC_TEST(ignored_stays_ignored),
		PROC_TEST(ends_a_run),
		PROC_TEST(afterwards_they_kill_again),
		PROC_TEST(wrong_use_is_a_bug),
	};

	/* Whoever runs tests in the background ignores these, and so would we. */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
