/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child that has the terminal: an editor, on a real pty. */
#include "proc_fixture.h"

#include <pty.h>
#include <sys/ioctl.h>

/* Exit codes of the processes that stand on the terminal's far side. */
enum {
	GOOD,
	BAD_END,
	FOREGROUND_LOST,
	TERMINAL_LEFT_RAW,
	NOT_STOPPED,
};

static bool cooked(void)
{
	struct termios t;

	return tcgetattr(STDIN_FILENO, &t) == 0 && (t.c_lflag & ICANON) != 0;
}

static int terminal_state(void)
{
	if (tcgetpgrp(STDIN_FILENO) != getpgrp())
		return FOREGROUND_LOST;
	return cooked() ? GOOD : TERMINAL_LEFT_RAW;
}

/* Run the editor; whatever it did, the terminal must be ours again. */
static int edit(const char *how, int64_t timeout_ms, enum proc_end end)
{
	struct proc_spec s = PROC_SPEC_INIT;
	struct proc_result r;

	s.argv = ARGV(helper("bad-editor"), how);
	s.tty = true;
	s.timeout_ms = timeout_ms;
	r = run(&s);
	if (r.end != end || r.status != 0)
		return BAD_END;
	return terminal_state();
}

static int edit_and_leave(void)
{
	return edit("leave", 5000, PROC_EXITED);
}

static int edit_too_long(void)
{
	return edit("wait", 200, PROC_TIMED_OUT);
}

static int edit_and_stop(void)
{
	return edit("stop", 5000, PROC_EXITED);
}

/* Lets SIGTTOU pass while it takes the terminal back, as shells do. */
static void take_terminal(void)
{
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	signal(SIGTTOU, SIG_DFL);
}

/* A shell with job control around us: it sees us stop, and says `fg`. */
static int edit_under_a_shell(void)
{
	pid_t job = fork();
	int st, code;

	if (job == 0) {
		setpgid(0, 0);
		take_terminal();
		_exit(edit_and_stop());
	}
	if (waitpid(job, &st, WUNTRACED) != job || !WIFSTOPPED(st)) {
		kill(-job, SIGKILL);
		return NOT_STOPPED;
	}
	/* While stopped, the terminal is as it was before the editor. */
	code = cooked() ? GOOD : TERMINAL_LEFT_RAW;
	take_terminal();
	tcsetpgrp(STDIN_FILENO, job);
	kill(-job, SIGCONT);
	if (waitpid(job, &st, 0) != job || !WIFEXITED(st))
		return BAD_END;
	return code ? code : WEXITSTATUS(st);
}

/* Run @fn on a terminal of its own; what was printed comes in @out. */
static int on_a_pty(int (*fn)(void), struct buf *out)
{
	char chunk[4096];
	int master, st;
	ssize_t n;
	pid_t pid;

	pid = forkpty(&master, NULL, NULL, NULL);
	assert_true(pid >= 0);
	if (pid == 0) {
		alarm(10);
		_exit(fn());
	}
	while ((n = read(master, chunk, sizeof(chunk))) > 0)
		buf_add(out, chunk, (size_t)n);
	close(master);
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_true(WIFEXITED(st));
	return WEXITSTATUS(st);
}

static void lends_the_terminal(void **state)
{
	struct buf out = BUF_INIT;

	assert_int_equal(on_a_pty(edit_and_leave, &out), GOOD);
	assert_non_null(strstr(buf_str(&out), "foreground=1"));
	buf_release(&out);
}

static void takes_it_from_an_overdue_child(void **state)
{
	struct buf out = BUF_INIT;

	assert_int_equal(on_a_pty(edit_too_long, &out), GOOD);
	assert_non_null(strstr(buf_str(&out), "foreground=1"));
	buf_release(&out);
}

static void stop_without_a_shell(void **state)
{
	struct buf out = BUF_INIT;

	assert_int_equal(on_a_pty(edit_and_stop, &out), GOOD);
	assert_non_null(strstr(buf_str(&out), "again foreground=1 raw=1"));
	buf_release(&out);
}

static void stop_under_a_shell(void **state)
{
	struct buf out = BUF_INIT;

	assert_int_equal(on_a_pty(edit_under_a_shell, &out), GOOD);
	assert_non_null(strstr(buf_str(&out), "again foreground=1 raw=1"));
	buf_release(&out);
}

static int edit_without_terminal(void)
{
	struct proc_spec s = PROC_SPEC_INIT;
	int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	s.argv = ARGV(helper("bad-editor"));
	s.tty = true;
	return run(&s).end == PROC_EXITED ? GOOD : BAD_END;
}

static void no_terminal_is_no_harm(void **state)
{
	assert_int_equal(in_a_fork(edit_without_terminal), GOOD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROC_TEST(lends_the_terminal),
		PROC_TEST(takes_it_from_an_overdue_child),
		PROC_TEST(stop_without_a_shell),
		PROC_TEST(stop_under_a_shell),
		PROC_TEST(no_terminal_is_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
