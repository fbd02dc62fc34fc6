/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proc-int.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a KILL may take: longer, and the kernel itself holds it. */
#define KILL_WAIT_MS 10000

#define MAX_OLDER 64

static struct {
	pid_t self; /* who prepared: a fork of us must prepare again */
	struct proc *live;
	pid_t older[MAX_OLDER]; /* children from before the first start */
	size_t nolder;
} procs;

int64_t mono_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void remember_older(pid_t child, void *arg)
{
	(void)arg;
	if (procs.nolder < MAX_OLDER)
		procs.older[procs.nolder++] = child;
}

void proc_prepare(void)
{
	struct sigaction sa;

	if (procs.self == getpid())
		return;
	procs.self = getpid();
	procs.live = NULL;
	procs.nolder = 0;
	tree_each_child(procs.self, remember_older, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	/* Ignored by who started us, it would throw exit statuses away. */
	if (sigaction(SIGCHLD, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN)
		signal(SIGCHLD, SIG_DFL);
}

bool proc_is_known(pid_t pid)
{
	for (size_t i = 0; i < procs.nolder; i++)
		if (procs.older[i] == pid)
			return true;
	for (const struct proc *p = procs.live; p; p = p->next)
		if (p->pid == pid)
			return true;
	return false;
}

void proc_signal(const struct proc *p, int sig)
{
	/*
	 * Not reaped, so neither number can have come to mean another. The
	 * child itself may have left its group.
	 */
	kill(-p->pid, sig);
	kill(p->pid, sig);
}

bool proc_wait_end(const struct proc *p, int64_t ms)
{
	int64_t deadline = mono_ms() + ms;
	struct pollfd pfd = {.fd = p->pidfd, .events = POLLIN};

	for (;;) {
		int64_t left = deadline - mono_ms();
		int n = poll(&pfd, 1, left > 0 ? (int)left : 0);

		if (n > 0)
			return true;
		if (left <= 0)
			return false;
	}
}

static int64_t usage_us(const struct rusage *ru)
{
	return ((int64_t)ru->ru_utime.tv_sec + ru->ru_stime.tv_sec) * 1000000 +
	       ru->ru_utime.tv_usec + ru->ru_stime.tv_usec;
}

void proc_finish(struct proc *p)
{
	struct rusage ru = {0};
	pid_t pid;

	proc_signal(p, SIGKILL);
	do
		pid = wait4(p->pid, &p->wait_status, 0, &ru);
	while (pid < 0 && errno == EINTR);
	if (pid < 0)
		BUG("child %d was reaped by somebody else", (int)p->pid);
	p->reaped = true;
	p->cpu_us = usage_us(&ru) + tree_sweep();
}

void proc_register(struct proc *p)
{
	p->next = procs.live;
	procs.live = p;
}

void proc_free(struct proc *p)
{
	for (struct proc **at = &procs.live; *at; at = &(*at)->next) {
		if (*at == p) {
			*at = p->next;
			break;
		}
	}
	close(p->pidfd);
	free(p);
}

struct proc *proc_start(const struct proc_spec *s, struct err *e)
{
	struct spawn_failure f;
	struct proc *p;
	int null;

	if (s->tty)
		BUG("%s cannot live beside us and have the terminal",
		    s->argv[0]);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0) {
		err_set(e, ERR_ENV, errno, "cannot open /dev/null");
		return NULL;
	}
	p = proc_spawn(s, (int[3]){null, null, null}, &f);
	if (!p)
		proc_spawn_error(s, &f, e);
	close(null);
	return p;
}

int proc_pidfd(const struct proc *p)
{
	return p->pidfd;
}

pid_t proc_pid(const struct proc *p)
{
	return p->pid;
}

int64_t proc_cpu_ms(const struct proc *p)
{
	return p->reaped ? -1 : tree_cpu_ms(p->pid);
}

int64_t proc_waited_ms(const struct proc *p)
{
	return p->reaped ? 0 : tree_waited_ms(p->pid);
}

void proc_each(const struct proc *p, void (*fn)(pid_t pid, void *arg),
	       void *arg)
{
	if (!p->reaped)
		tree_each(p->pid, fn, arg);
}

bool proc_reap(struct proc *p, int *wait_status)
{
	if (!p->reaped && !proc_wait_end(p, 0))
		return false;
	if (!p->reaped)
		proc_finish(p);
	if (wait_status)
		*wait_status = p->wait_status;
	return true;
}

void proc_ask(const struct proc *p)
{
	if (!p->reaped)
		proc_signal(p, SIGTERM);
}

void proc_kill(struct proc *p)
{
	if (!p)
		return;
	if (!p->reaped) {
		proc_signal(p, SIGKILL);
		/* Not ended even so: a later sweep will find it as a stray. */
		if (proc_wait_end(p, KILL_WAIT_MS))
			proc_finish(p);
	}
	proc_free(p);
}
