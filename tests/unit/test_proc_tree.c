/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * More than one process: what escapes, what lives beside us, bubblewrap,
 * and our own sudden death. That nothing is left is checked by the
 * tear-down of every test (proc_fixture.h).
 */
#include "proc_fixture.h"

#include <sched.h>

#include <sys/prctl.h>

#define BWRAP                                                                  \
	"bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/",  \
		"--proc", "/proc", "--dev", "/dev"

static struct proc_spec spec_of(const char *const *argv)
{
	struct proc_spec s = PROC_SPEC_INIT;

	s.argv = argv;
	s.grace_ms = 100;
	return s;
}

static struct proc *start(const char *const *argv)
{
	struct proc_spec s = spec_of(argv);
	struct err e = ERR_INIT;
	struct proc *p = proc_start(&s, &e);

	if (!p)
		fail_msg("%s [%s]", e.what, e.where);
	return p;
}

/* Wait until @n processes carry the tag; on a busy machine it takes long. */
static bool await_tagged(int n)
{
	int64_t end = mono_ms() + 20000;

	while (count_tagged() != n && mono_ms() < end)
		usleep(5000);
	return count_tagged() == n;
}

static void escape_by_setsid(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("setsid-escape")));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "escaped\n");
	assert_true(r.wall_ms < 3000);
	proc_result_release(&r);
	s.argv = ARGV(helper("setsid-escape"), "stay");
	s.timeout_ms = 200;
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	proc_result_release(&r);
}

static void escape_where_proc_lists_no_children(void **state)
{
	tree_always_scan = true;
	escape_by_setsid(state);
	tree_always_scan = false;
}

/* The second is ours to find only when the first is dead. */
static void escape_twice(void **state)
{
	struct proc_spec s =
		spec_of(ARGV("sh", "-c", "setsid -f \"$0\" stay; sleep 0.2",
			     helper("setsid-escape")));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "escaped\n");
	proc_result_release(&r);
}

static void daemon_is_found(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("daemon")));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "daemon is up\n");
	proc_result_release(&r);
}

static void comet_is_caught(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("comet")));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_true(r.wall_ms < 4000);
	proc_result_release(&r);
}

static void pipe_held_by_a_grandchild(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("hold-pipe")));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 5);
	assert_string_equal(buf_str(&r.out), "before\n");
	assert_true(r.wall_ms < 3000);
	proc_result_release(&r);
	s.argv = ARGV(helper("hold-pipe-endless"));
	r = run(&s);
	assert_end(&r, PROC_EXITED, 6);
	assert_true(r.wall_ms < 3000);
	proc_result_release(&r);
}

static void lives_beside_us(void **state)
{
	struct proc *p = start(ARGV(helper("sleep-forever")));
	struct proc_spec s = spec_of(ARGV(helper("setsid-escape")));
	struct proc_result r;
	int st = -1;

	assert_false(proc_reap(p, &st));
	/* The sweep after another child leaves this one alone. */
	r = run(&s);
	proc_result_release(&r);
	assert_false(proc_reap(p, &st));
	assert_int_equal(kill(proc_pid(p), SIGTERM), 0);
	assert_true(proc_wait_end(p, 3000));
	assert_true(proc_reap(p, &st));
	assert_true(WIFSIGNALED(st) && WTERMSIG(st) == SIGTERM);
	st = -1;
	assert_true(proc_reap(p, &st));
	assert_true(WIFSIGNALED(st) && WTERMSIG(st) == SIGTERM);
	assert_int_equal(proc_cpu_ms(p), -1);
	proc_kill(p);
}

static void reaping_sweeps(void **state)
{
	struct proc *p = start(ARGV(helper("setsid-escape")));
	int st = -1;

	assert_true(proc_wait_end(p, 3000));
	assert_true(proc_reap(p, &st));
	assert_true(WIFEXITED(st) && WEXITSTATUS(st) == 0);
	assert_int_equal(count_tagged(), 0);
	proc_kill(p);
}

static void kill_takes_everything(void **state)
{
	struct proc *p = start(ARGV(helper("setsid-escape"), "stay"));

	assert_true(await_tagged(2));
	proc_kill(p);
	p = start(ARGV(helper("ignore-term")));
	proc_kill(p);
	proc_kill(NULL);
}

/* As a shell's `exec kiln > >(tee log)` has it: a child that is not ours. */
static int with_an_older_child(void)
{
	struct proc_spec s = spec_of(ARGV(helper("setsid-escape")));
	struct proc_result r;
	pid_t older = fork();
	bool alive;

	if (older == 0)
		for (;;)
			pause();
	r = run(&s);
	alive = waitpid(older, NULL, WNOHANG) == 0;
	kill(older, SIGKILL);
	waitpid(older, NULL, 0);
	return alive && r.end == PROC_EXITED ? 0 : 1;
}

static void older_children_are_left_alone(void **state)
{
	assert_int_equal(in_a_fork(with_an_older_child), 0);
}

static void cpu_time_of_what_ran(void **state)
{
	struct proc_spec s = spec_of(ARGV(helper("burn-cpu"), "200"));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_in_range(r.cpu_ms, 190, 3000);
	proc_result_release(&r);
}

static void await_cpu(struct proc *p)
{
	int64_t end = mono_ms() + 10000;

	while (proc_cpu_ms(p) < 100 && mono_ms() < end)
		usleep(5000);
	assert_in_range(proc_cpu_ms(p), 100, 5000);
}

static void cpu_time_of_what_runs(void **state)
{
	struct proc *p = start(ARGV(helper("burn-cpu")));

	await_cpu(p);
	tree_always_scan = true;
	assert_true(proc_cpu_ms(p) >= 100);
	tree_always_scan = false;
	proc_kill(p);
}

/* Two that want the same CPU: each waits for the other. */
static void waiting_for_a_cpu(void **state)
{
	int64_t end = mono_ms() + 20000;
	cpu_set_t before, one;
	struct proc *a, *b;

	if (access("/proc/self/schedstat", R_OK) < 0)
		skip();
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	CPU_ZERO(&one);
	for (int i = 0; i < CPU_SETSIZE && !CPU_COUNT(&one); i++)
		if (CPU_ISSET(i, &before))
			CPU_SET(i, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	a = start(ARGV(helper("burn-cpu")));
	b = start(ARGV(helper("burn-cpu")));
	sched_setaffinity(0, sizeof(before), &before);
	while (proc_waited_ms(a) < 200 && mono_ms() < end)
		usleep(5000);
	assert_true(proc_waited_ms(a) >= 200);
	proc_kill(a);
	proc_kill(b);
}

static void bwrap_deadline(void **state)
{
	struct proc_spec s = spec_of(ARGV(BWRAP, helper("ignore-term")));
	struct proc_result r;

	s.timeout_ms = 300;
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	assert_string_equal(buf_str(&r.out), "ready\n");
	proc_result_release(&r);
	s.argv = ARGV(BWRAP, helper("setsid-escape"), "stay");
	r = run(&s);
	assert_end(&r, PROC_TIMED_OUT, 0);
	assert_string_equal(buf_str(&r.out), "escaped\n");
	proc_result_release(&r);
}

static void bwrap_passes_statuses_on(void **state)
{
	struct proc_spec s = spec_of(ARGV(BWRAP, helper("daemon")));
	struct proc_result r = run(&s);

	assert_end(&r, PROC_EXITED, 0);
	assert_string_equal(buf_str(&r.out), "daemon is up\n");
	proc_result_release(&r);
	s.argv = ARGV(BWRAP, helper("exit-code"), "77");
	r = run(&s);
	assert_end(&r, PROC_EXITED, 77);
	proc_result_release(&r);
}

/* QEMU is a grandchild in a pid namespace; its CPU time must be seen. */
static void bwrap_beside_us(void **state)
{
	struct proc *p = start(ARGV(BWRAP, helper("burn-cpu")));

	await_cpu(p);
	proc_kill(p);
}

/* At whatever moment of its making the sandbox is killed. */
static void bwrap_killed_early(void **state)
{
	for (unsigned k = 0; k < 24; k++) {
		struct proc *p =
			start(ARGV(BWRAP, helper("setsid-escape"), "stay"));

		usleep(k * 500);
		proc_kill(p);
		assert_int_equal(count_tagged(), 0);
	}
}

static int owner_ready = -1;

static void tell_ready(void *arg, const char *data, size_t len)
{
	assert_int_equal(write(owner_ready, data, len), len);
}

static pid_t start_owner(const char *const *argv)
{
	struct proc_spec s = spec_of(argv);
	char c;
	int ends[2];
	pid_t owner;

	assert_int_equal(pipe(ends), 0);
	owner = fork();
	if (owner == 0) {
		owner_ready = ends[1];
		s.on_output = tell_ready;
		run(&s);
		_exit(0);
	}
	assert_int_equal(read(ends[0], &c, 1), 1);
	close(ends[0]);
	close(ends[1]);
	return owner;
}

/* kill -9 of the one that runs a check: the sandbox goes with it. */
static void we_are_killed(void **state)
{
	pid_t owner;

	/* What it leaves comes to us; so we see it, and may reap it. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	owner = start_owner(ARGV(BWRAP, helper("ignore-term")));
	assert_true(count_tagged() >= 3);
	assert_int_equal(kill(owner, SIGKILL), 0);
	assert_true(await_tagged(0));
	while (waitpid(-1, NULL, 0) > 0)
		;
	/* Without a sandbox, at least the child itself. */
	owner = start_owner(ARGV(helper("ignore-term")));
	assert_int_equal(kill(owner, SIGKILL), 0);
	assert_true(await_tagged(0));
	while (waitpid(-1, NULL, 0) > 0)
		;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROC_TEST(escape_by_setsid),
		PROC_TEST(escape_where_proc_lists_no_children),
		PROC_TEST(escape_twice),
		PROC_TEST(daemon_is_found),
		PROC_TEST(comet_is_caught),
		PROC_TEST(pipe_held_by_a_grandchild),
		PROC_TEST(lives_beside_us),
		PROC_TEST(reaping_sweeps),
		PROC_TEST(kill_takes_everything),
		PROC_TEST(older_children_are_left_alone),
		PROC_TEST(cpu_time_of_what_ran),
		PROC_TEST(cpu_time_of_what_runs),
		PROC_TEST(waiting_for_a_cpu),
		PROC_TEST(bwrap_deadline),
		PROC_TEST(bwrap_passes_statuses_on),
		PROC_TEST(bwrap_beside_us),
		PROC_TEST(bwrap_killed_early),
		PROC_TEST(we_are_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
