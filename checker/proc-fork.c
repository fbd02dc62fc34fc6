/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function of ours beside us: a child that is a copy, not a program. */
#include "proc-int.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* With all signals blocked: no handler of ours may run in the copy. */
__attribute__((noreturn)) static void child(proc_forked *fn, void *arg)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t none;

	if (setpgid(0, 0) < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(null, STDOUT_FILENO) < 0)
		_exit(127);
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	_exit(fn(arg));
}

static pid_t fork_blocked(proc_forked *fn, void *arg)
{
	sigset_t all, old;
	int saved;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &old);
	pid = fork();
	if (pid == 0)
		child(fn, arg);
	saved = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	errno = saved;
	return pid;
}

static void abandon(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

struct proc *proc_fork(proc_forked *fn, void *arg, struct err *e)
{
	struct proc *p = calloc(1, sizeof(*p));

	proc_prepare();
	if (!p) {
		err_set(e, ERR_ENV, ENOMEM, "cannot start a process");
		return NULL;
	}
	p->pid = fork_blocked(fn, arg);
	p->pidfd = p->pid > 0 ? pidfd_open(p->pid, 0) : -1;
	if (p->pidfd < 0) {
		err_set(e, ERR_ENV, errno, "cannot start a process");
		err_next(e, "close some programs: the machine has no room for "
			    "another process");
		if (p->pid > 0)
			abandon(p->pid);
		free(p);
		return NULL;
	}
	/* Ours as well as the child's, so that it is so before either goes on. */
	setpgid(p->pid, p->pid);
	proc_register(p);
	return p;
}
