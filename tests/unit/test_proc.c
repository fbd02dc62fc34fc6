/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One child: its end, its output, its input, what it is born into. */
#include "proc_fixture.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

static struct proc_spec spec_of(const char *const *argv)
{
	struct proc_spec s = PROC_SPEC_INIT;

	s.argv = argv;
	return s;
}

static void exit_status(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("exit-code"), "3"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 3);
	assert_null(r.failed);
	assert_true(r.wall_ms >= 0 && r.wall_ms < 5000);
	proc_result_release(&r);
}

static void status_127_is_a_status(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("exit-code"), "127"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 127);
	proc_result_release(&r);
}

static void missing_program(void **state)
{
	struct proc_spec s = spec_of(ARGV("kiln-no-such-program"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_SPAWN_FAILED, ENOENT);
	assert_string_equal(r.failed, "exec");
	proc_result_release(&r);
	s.argv = ARGV("/etc/passwd");
	r = run(&s);
	assert_end(&r, PROC_SPAWN_FAILED, EACCES);
	proc_result_release(&r);
}

static void missing_dir(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("exit-code"), "0"));
	struct proc_result r;

	s.dir = "/kiln/no/such/dir";
	r = run(&s);
	assert_end(&r, PROC_SPAWN_FAILED, ENOENT);
	assert_string_equal(r.failed, "chdir");
	proc_result_release(&r);
}

static void start_failure_is_told(void **state)
{
	struct proc_spec s = spec_of(ARGV("kiln-no-such-program"));
	struct err e = ERR_INIT;

	assert_null(proc_start(&s, &e));
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, ENOENT);
	assert_non_null(strstr(e.what, "kiln-no-such-program"));
	assert_non_null(strstr(e.next, "PATH"));
	s = spec_of(ARGV("true"));
	s.dir = "/kiln/no/such/dir";
	assert_null(proc_start(&s, &e));
	assert_string_equal(e.where, "/kiln/no/such/dir");
}

static void death_by_signal(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("die-signal"), "11"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_SIGNALED, SIGSEGV);
	proc_result_release(&r);
	s.argv = ARGV(helper("die-signal"), "9");
	r = run(&s);
	assert_end(&r, PROC_SIGNALED, SIGKILL);
	proc_result_release(&r);
}

static void both_streams(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("both-streams"), "512"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_int_equal(r.out.len, 512 * 1024);
	assert_int_equal(r.err.len, 512 * 1024);
	assert_null(memchr(r.out.data, 'e', r.out.len));
	assert_null(memchr(r.err.data, 'o', r.err.len));
	proc_result_release(&r);
	s.merge = true;
	r = run(&s);
	assert_int_equal(r.out.len, 1024 * 1024);
	assert_int_equal(r.err.len, 0);
	proc_result_release(&r);
}

static void endless_output(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("endless")));
	struct proc_result r;

	s.out_max = 100001;
	r = run(&s);
	assert_end(&r, PROC_OUTPUT_CAP, 0);
	assert_int_equal(r.out.len, 100001);
	assert_true(r.wall_ms < PROC_GRACE_MS);
	proc_result_release(&r);
	s.argv = ARGV(helper("endless-term"));
	s.grace_ms = 100;
	r = run(&s);
	assert_end(&r, PROC_OUTPUT_CAP, 0);
	assert_int_equal(r.out.len, 100001);
	assert_true(r.wall_ms >= 100 && r.wall_ms < 3000);
	proc_result_release(&r);
}

static void cap_is_for_both_streams(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("both-streams"), "512"));
	struct proc_result r;

	s.out_max = 600 * 1024;
	r = run(&s);
	assert_end(&r, PROC_OUTPUT_CAP, 0);
	assert_int_equal(r.out.len + r.err.len, 600 * 1024);
	proc_result_release(&r);
}

static void cap_to_the_byte(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("no-newline")));
	struct proc_result r;

	s.out_max = strlen("first\nlast");
	r = run(&s);
	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "first\nlast");
	proc_result_release(&r);
	s.out_max--;
	r = run(&s);
	assert_end(&r, PROC_OUTPUT_CAP, 0);
	assert_string_equal(buf_str(&r.out), "first\nlas");
	proc_result_release(&r);
}

static void nul_bytes(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("nul-bytes")));
	struct proc_result r = run(&s);

	assert_int_equal(r.out.len, 7);
	assert_memory_equal(r.out.data, "a\0b\0\0c\xff", 7);
	proc_result_release(&r);
}

static void add_seen(void *arg, const char *data, size_t len)
{
	buf_add(arg, data, len);
}

static void output_as_it_comes(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("both-streams"), "100"));
	struct buf seen = BUF_INIT;
	struct proc_result r;

	s.merge = true;
	s.on_output = add_seen;
	s.arg = &seen;
	s.out_max = 150 * 1024;
	r = run(&s);
	/* What is kept, and no more. */
	assert_int_equal(seen.len, 150 * 1024);
	assert_int_equal(r.out.len, seen.len);
	assert_memory_equal(r.out.data, seen.data, seen.len);
	proc_result_release(&r);
	buf_release(&seen);
}

static void dawdle(void *arg, const char *data, size_t len)
{
	if (++*(int *)arg == 1)
		usleep(100000);
}

/* It is gone before we have read the half of what it said. */
static void much_in_the_pipe(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("big-pipe")));
	struct proc_result r;
	int calls = 0;

	s.on_output = dawdle;
	s.arg = &calls;
	r = run(&s);
	assert_end(&r, PROC_EXITED, 0);
	assert_int_equal(r.out.len, 1 << 20);
	proc_result_release(&r);
	calls = 0;
	s.out_max = (1 << 20) - 1;
	r = run(&s);
	assert_end(&r, PROC_OUTPUT_CAP, 0);
	assert_int_equal(r.out.len, (1 << 20) - 1);
	proc_result_release(&r);
}

static void deadline(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("sleep-forever")));
	struct proc_result r;

	s.timeout_ms = 100;
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	assert_true(r.wall_ms >= 100 && r.wall_ms < 100 + PROC_GRACE_MS);
	proc_result_release(&r);
}

static void term_ignored(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("ignore-term")));
	struct proc_result r;

	s.timeout_ms = 100;
	s.grace_ms = 200;
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	assert_string_equal(buf_str(&r.out), "ready\n");
	assert_true(r.wall_ms >= 300 && r.wall_ms < 3000);
	proc_result_release(&r);
}

static void grace_is_used(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("late-term")));
	struct proc_result r;

	s.timeout_ms = 100;
	s.grace_ms = 10000;
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	assert_string_equal(buf_str(&r.out), "ready\nclean\n");
	assert_true(r.wall_ms < 5000);
	proc_result_release(&r);
	/* The whole group was asked, and has the grace. */
	s.argv = ARGV("sh", "-c", "\"$0\" & wait", helper("late-term"));
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	assert_string_equal(buf_str(&r.out), "ready\nclean\n");
	assert_true(r.wall_ms < 5000);
	proc_result_release(&r);
}

static void stopped_child(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("stop-self")));
	struct proc_result r;

	s.timeout_ms = 100;
	s.grace_ms = 5000;
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	/* Continued, and so it took the TERM at once. */
	assert_true(r.wall_ms < 3000);
	proc_result_release(&r);
}

static void closed_output_is_not_the_end(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("close-out"), "200"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 3);
	assert_true(r.wall_ms >= 200);
	proc_result_release(&r);
}

static void input(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("count-stdin")));
	char *much = calloc(1, 8 << 20);
	struct proc_result r = run(&s);

	assert_string_equal(buf_str(&r.out), "0\n");
	proc_result_release(&r);
	s.input = much;
	s.input_len = 8 << 20;
	r = run(&s);
	assert_string_equal(buf_str(&r.out), "8388608\n");
	proc_result_release(&r);
	s.argv = ARGV(helper("no-stdin"));
	r = run(&s);
	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "not reading\n");
	proc_result_release(&r);
	free(much);
}

static void huge_environment(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("env-size")));
	struct strv env = STRV_INIT;
	struct proc_result r;
	char *big;

	for (int i = 0; i < 10000; i++)
		strv_addf(&env, "V%05d=%043d", i, 0);
	s.env = (const char *const *)env.v;
	r = run(&s);
	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "10000 510000\n");
	proc_result_release(&r);
	/* More than the kernel takes in one string: MAX_ARG_STRLEN. */
	big = malloc(300000);
	memset(big, 'x', 299999);
	big[299999] = '\0';
	strv_add(&env, big);
	s.env = (const char *const *)env.v;
	r = run(&s);
	assert_end(&r, PROC_SPAWN_FAILED, E2BIG);
	proc_result_release(&r);
	free(big);
	strv_release(&env);
}

static void only_given_descriptors(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("list-fds")));
	int stray = open("/dev/null", O_RDONLY);
	int high = fcntl(stray, F_DUPFD, 300);
	struct proc_fd give = {.fd = stray, .as = 7};
	struct proc_result r = run(&s);

	assert_string_equal(buf_str(&r.out), "0 1 2 ");
	proc_result_release(&r);
	s.fds = &give;
	s.nfds = 1;
	r = run(&s);
	assert_string_equal(buf_str(&r.out), "0 1 2 7 ");
	proc_result_release(&r);
	close(stray);
	close(high);
}

/* Each goes to the other's number: neither may be lost on the way. */
static void descriptors_swap(void **state)
{
	int a = memfd_create("a", MFD_CLOEXEC);
	int b = memfd_create("b", MFD_CLOEXEC);
	struct proc_fd give[] = {{.fd = a, .as = b}, {.fd = b, .as = a}};
	char arg_a[32], arg_b[32];
	struct proc_spec s = spec_of(ARGV("cat", arg_a, arg_b));
	struct proc_result r;

	snprintf(arg_a, sizeof(arg_a), "/proc/self/fd/%d", a);
	snprintf(arg_b, sizeof(arg_b), "/proc/self/fd/%d", b);
	assert_int_equal(write(a, "AAA", 3) + write(b, "BBB", 3), 6);
	s.fds = give;
	s.nfds = 2;
	r = run(&s);
	assert_string_equal(buf_str(&r.out), "BBBAAA");
	proc_result_release(&r);
	close(a);
	close(b);
}

static void what_it_is_born_into(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("show-state")));
	struct proc_limit limit = {RLIMIT_FSIZE, 123456};
	struct proc_result r;
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, &old);
	signal(SIGPIPE, SIG_IGN);
	s.dir = "/proc";
	s.limits = &limit;
	s.nlimits = 1;
	r = run(&s);
	assert_string_equal(buf_str(&r.out),
			    "ignored=0 blocked=0 leader=1 nnp=1 death=9 "
			    "fsize=123456 dir=/proc\n");
	proc_result_release(&r);
	s.gain_privs = true;
	r = run(&s);
	assert_non_null(strstr(buf_str(&r.out), "nnp=0"));
	proc_result_release(&r);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void poke(void *arg, const char *data, size_t len)
{
	assert_int_equal(write(*(int *)arg, data, len), len);
}

static void cancelled(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("late-term")));
	struct proc_result r;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	s.cancel_fd = ends[0];
	s.on_output = poke;
	s.arg = &ends[1];
	s.grace_ms = 5000;
	r = run(&s);
	assert_end(&r, PROC_CANCELLED, 0);
	assert_string_equal(buf_str(&r.out), "ready\nclean\n");
	proc_result_release(&r);
	/* Readable already: it is not even tried. */
	s.argv = ARGV("kiln-no-such-program");
	r = run(&s);
	assert_end(&r, PROC_CANCELLED, 0);
	assert_int_equal(r.out.len, 0);
	proc_result_release(&r);
	close(ends[0]);
	close(ends[1]);
}

static int run_with_sigchld_ignored(void)
{
	struct proc_spec s = spec_of(ARGV(helper("exit-code"), "42"));
	struct proc_result r;

	signal(SIGCHLD, SIG_IGN);
	r = run(&s);
	return r.end == PROC_EXITED ? r.status : 1;
}

static void sigchld_ignored_by_who_started_us(void **state)
{
	assert_int_equal(in_a_fork(run_with_sigchld_ignored), 42);
}

/* With 0, 1, 2, … descriptors left: an error, then a success; no leak. */
static void short_of_descriptors(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("exit-code"), "9"));
	int open_now = count_fds(), lowest = dup(0);
	struct rlimit old, few;
	bool done = false;
	int failures = 0;

	close(lowest);
	getrlimit(RLIMIT_NOFILE, &old);
	s.input = "x";
	s.input_len = 1;
	for (int k = 0; k < 32 && !done; k++) {
		struct err e = ERR_INIT;
		struct proc_result r;
		int ret;

		few = old;
		few.rlim_cur = (rlim_t)(lowest + k);
		setrlimit(RLIMIT_NOFILE, &few);
		ret = proc_run(&r, &s, &e);
		setrlimit(RLIMIT_NOFILE, &old);
		/* 127: the program's own loader had too few. */
		done = ret == 0 && r.end == PROC_EXITED && r.status != 127;
		if (ret < 0)
			assert_int_equal(e.errnum, EMFILE);
		else if (r.end == PROC_EXITED)
			assert_int_equal(r.status, done ? 9 : 127);
		else
			assert_end(&r, PROC_SPAWN_FAILED, EMFILE);
		failures += !done;
		proc_result_release(&r);
		assert_int_equal(count_fds(), open_now);
	}
	assert_true(done);
	assert_true(failures > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROC_TEST(exit_status),
		PROC_TEST(status_127_is_a_status),
		PROC_TEST(missing_program),
		PROC_TEST(missing_dir),
		PROC_TEST(start_failure_is_told),
		PROC_TEST(death_by_signal),
		PROC_TEST(both_streams),
		PROC_TEST(endless_output),
		PROC_TEST(cap_is_for_both_streams),
		PROC_TEST(cap_to_the_byte),
		PROC_TEST(nul_bytes),
		PROC_TEST(output_as_it_comes),
		PROC_TEST(much_in_the_pipe),
		PROC_TEST(deadline),
		PROC_TEST(term_ignored),
		PROC_TEST(grace_is_used),
		PROC_TEST(stopped_child),
		PROC_TEST(closed_output_is_not_the_end),
		PROC_TEST(input),
		PROC_TEST(huge_environment),
		PROC_TEST(only_given_descriptors),
		PROC_TEST(descriptors_swap),
		PROC_TEST(what_it_is_born_into),
		PROC_TEST(cancelled),
		PROC_TEST(sigchld_ignored_by_who_started_us),
		PROC_TEST(short_of_descriptors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
