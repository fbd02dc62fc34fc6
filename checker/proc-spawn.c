/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a specification to a running program. Between fork and exec the
 * child reports what fails through a pipe that a successful exec closes.
 */
#include "proc-int.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum step {
	STEP_FORK,
	STEP_PREPARE,
	STEP_FDS,
	STEP_CHDIR,
	STEP_LIMIT,
	STEP_EXEC,
	STEP_N,
};

static const char *const step_names[STEP_N] = {
	[STEP_FORK] = "fork",	    [STEP_PREPARE] = "prctl",
	[STEP_FDS] = "descriptors", [STEP_CHDIR] = "chdir",
	[STEP_LIMIT] = "setrlimit", [STEP_EXEC] = "exec",
};

/* What the child writes to the status pipe. */
struct report {
	int errnum;
	enum step step;
};

static void default_signals(void)
{
	struct sigaction sa = {.sa_handler = SIG_DFL};

	/* KILL, STOP and those of the C library refuse; so be it. */
	for (int sig = 1; sig < NSIG; sig++)
		sigaction(sig, &sa, NULL);
}

static int set_limits(const struct proc_spec *s)
{
	for (size_t i = 0; i < s->nlimits; i++) {
		const struct proc_limit *l = &s->limits[i];
		struct rlimit rl;

		if (getrlimit(l->resource, &rl) < 0)
			return -1;
		if (l->value < rl.rlim_max)
			rl.rlim_max = l->value;
		rl.rlim_cur = rl.rlim_max;
		if (setrlimit(l->resource, &rl) < 0)
			return -1;
	}
	return 0;
}

/*
 * Bring every descriptor to its number. All are first moved above the
 * highest number wanted, so that none is overwritten before its turn, the
 * status pipe included.
 */
static int place_fds(const struct proc_spec *s, const int std[3], int *status)
{
	struct proc_fd want[3 + PROC_MAX_FDS];
	size_t n = 0;
	int above = 3;
	int moved;

	for (int i = 0; i < 3; i++)
		want[n++] = (struct proc_fd){.fd = std[i], .as = i};
	for (size_t i = 0; i < s->nfds; i++)
		want[n++] = s->fds[i];
	for (size_t i = 0; i < n; i++)
		if (want[i].as >= above)
			above = want[i].as + 1;
	moved = fcntl(*status, F_DUPFD_CLOEXEC, above);
	if (moved < 0)
		return -1;
	*status = moved;
	for (size_t i = 0; i < n; i++) {
		want[i].fd = fcntl(want[i].fd, F_DUPFD_CLOEXEC, above);
		if (want[i].fd < 0)
			return -1;
	}
	if (close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (dup2(want[i].fd, want[i].as) < 0)
			return -1;
	return 0;
}

/* With all signals blocked, so that no handler of ours runs in the child. */
static int become_child(const struct proc_spec *s, pid_t parent)
{
	/* setpgid: the parent waits for exec, and so needs not do it too. */
	if (setpgid(0, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return -1;
	/* The parent may have died before the death signal was set. */
	if (getppid() != parent)
		_exit(127);
	if (!s->gain_privs && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	/* No terminal, or not ours: the child then runs in the background. */
	if (s->tty && tty_is_ours(getpgid(parent)))
		tcsetpgrp(STDIN_FILENO, getpid());
	default_signals();
	return 0;
}

__attribute__((noreturn)) static void child_main(const struct proc_spec *s,
						 const int std[3], pid_t parent,
						 int status)
{
	struct report rep = {.step = STEP_PREPARE};
	sigset_t none;

	if (become_child(s, parent) < 0)
		goto fail;
	rep.step = STEP_FDS;
	if (place_fds(s, std, &status) < 0)
		goto fail;
	rep.step = STEP_CHDIR;
	if (s->dir && chdir(s->dir) < 0)
		goto fail;
	rep.step = STEP_LIMIT;
	if (set_limits(s) < 0)
		goto fail;
	rep.step = STEP_EXEC;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvpe(s->argv[0], (char *const *)s->argv,
		s->env ? (char *const *)s->env : environ);
fail:
	rep.errnum = errno;
	/* If the parent is gone there is nobody to tell. */
	if (write(status, &rep, sizeof(rep)) < 0)
		_exit(126);
	_exit(127);
}

static pid_t fork_child(const struct proc_spec *s, const int std[3],
			const int status[2])
{
	pid_t parent = getpid();
	sigset_t all, old;
	pid_t pid;
	int saved;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &old);
	pid = fork();
	if (pid == 0)
		child_main(s, std, parent, status[1]);
	saved = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	errno = saved;
	return pid;
}

/* True if the child reported a failure; false once exec has succeeded. */
static bool read_report(int fd, struct report *rep)
{
	ssize_t n;

	do
		n = read(fd, rep, sizeof(*rep));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(*rep) && rep->step < STEP_N;
}

static void fail(struct spawn_failure *f, bool ours, int errnum,
		 const char *step)
{
	*f = (struct spawn_failure){
		.ours = ours, .errnum = errnum, .step = step};
}

static void reap_failed(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static void check_spec(const struct proc_spec *s)
{
	if (!s->argv || !s->argv[0])
		BUG("a program without a name");
	if (s->nfds > PROC_MAX_FDS)
		BUG("%zu descriptors for %s", s->nfds, s->argv[0]);
}

struct proc *proc_spawn(const struct proc_spec *s, const int std[3],
			struct spawn_failure *f)
{
	int status[2] = {-1, -1};
	struct proc *p = NULL;
	struct report rep;
	pid_t pid = -1;

	check_spec(s);
	proc_prepare();
	p = calloc(1, sizeof(*p));
	if (!p || pipe2(status, O_CLOEXEC) < 0) {
		fail(f, true, errno, p ? "pipe" : "malloc");
		goto err;
	}
	pid = fork_child(s, std, status);
	if (pid < 0) {
		fail(f, false, errno, step_names[STEP_FORK]);
		goto err;
	}
	close(status[1]);
	status[1] = -1;
	if (read_report(status[0], &rep)) {
		fail(f, false, rep.errnum, step_names[rep.step]);
		goto err;
	}
	p->pid = pid;
	p->pidfd = pidfd_open(pid, 0);
	if (p->pidfd < 0) {
		fail(f, true, errno, "pidfd_open");
		goto err;
	}
	close(status[0]);
	proc_register(p);
	return p;
err:
	if (pid > 0)
		reap_failed(pid);
	for (int i = 0; i < 2; i++)
		if (status[i] >= 0)
			close(status[i]);
	free(p);
	return NULL;
}

int proc_spawn_error(const struct proc_spec *s, const struct spawn_failure *f,
		     struct err *e)
{
	bool dir = strcmp(f->step, step_names[STEP_CHDIR]) == 0;

	err_set(e, ERR_ENV, f->errnum, "cannot start %s (%s)", s->argv[0],
		f->step);
	err_where(e, "%s", dir ? s->dir : s->argv[0]);
	/* EACCES: also of a folder in PATH that is closed to us. */
	if ((f->errnum == ENOENT || f->errnum == EACCES) && !dir)
		err_next(e, "install %s, or see that PATH leads to it",
			 s->argv[0]);
	else if (f->errnum == EAGAIN || f->errnum == ENOMEM)
		err_next(e, "close some programs: the machine has no room "
			    "for another process");
	return -1;
}
