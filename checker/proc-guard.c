/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function of ours, run where what it reads cannot bring us down. */
#include "proc.h"
#include "buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY_MAX ((rlim_t)1 << 30)

static void limit(int resource, rlim_t max)
{
	struct rlimit rl = {.rlim_cur = max, .rlim_max = max};

	setrlimit(resource, &rl);
}

__attribute__((noreturn)) static void child(int fd, int64_t timeout_ms,
					    proc_guarded *fn, void *arg)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, (rlim_t)(timeout_ms / 1000 + 1));
	/* The sanitizers' shadow is larger than any limit of use. */
#ifndef __SANITIZE_ADDRESS__
	limit(RLIMIT_AS, MEMORY_MAX);
#endif
	_exit(fn(fd, arg) < 0 ? 1 : 0);
}

/* All of it until its end; false at the deadline or if it does not fit. */
static bool read_all(struct buf *out, int fd, int64_t deadline)
{
	char chunk[16384];

	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left = deadline - mono_ms();
		ssize_t n;

		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		buf_add(out, chunk, (size_t)n);
		if (!buf_ok(out))
			return false;
	}
}

int proc_guard(struct buf *out, int64_t timeout_ms, proc_guarded *fn, void *arg)
{
	int fds[2], status = 0;
	bool whole;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		child(fds[1], timeout_ms, fn, arg);
	close(fds[1]);
	whole = pid > 0 && read_all(out, fds[0], mono_ms() + timeout_ms);
	close(fds[0]);
	if (pid < 0)
		return -1;
	if (!whole)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return whole && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}
