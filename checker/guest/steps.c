/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent.h"

/* Output of a program that has been passed on, of this step. */
static unsigned sent;

static void pass_on(const char *data, unsigned len)
{
	if (sent >= KILN_OUTPUT_MAX)
		return;
	if (len > KILN_OUTPUT_MAX - sent)
		len = KILN_OUTPUT_MAX - sent;
	send_data(data, len);
	sent += len;
}

static int insmod(const struct step *s)
{
	int fd = open(s->path, O_RDONLY | O_CLOEXEC);
	int err;

	if (fd < 0)
		return -errno;
	err = s->head->round ? unwind_arm(s) : 0;
	return err ? err : _syscall(__NR_finit_module, fd, s->rest, 0);
}

static int rmmod(const char *name)
{
	return _syscall(__NR_delete_module, name, O_NONBLOCK);
}

static int write_file(const char *path, const char *data, unsigned len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	n = write(fd, data, len);
	return n < 0 ? -errno : (unsigned)n == len ? 0 : -EIO;
}

static int read_file(const char *path)
{
	static char chunk[4096];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		write(1, chunk, n);
	return n < 0 ? -errno : 0;
}

static int exec_program(const struct step *s)
{
	static char *argv[64];
	char *envp[] = {"PATH=/bin:/work", "HOME=/work", NULL};
	unsigned argc = 0;
	const char *p = s->rest, *end = p + s->rest_len;

	argv[argc++] = (char *)s->path;
	while (p < end && argc < 63) {
		argv[argc++] = (char *)p;
		p += strlen(p) + 1;
	}
	execve(s->path, argv, envp);
	return -errno;
}

/* In the child. The result of all but RUN goes to @result_fd. */
static void child(unsigned type, const struct step *s, int result_fd)
{
	int result = -EINVAL;

	switch (type) {
	case FRAME_INSMOD:
		result = insmod(s);
		break;
	case FRAME_RMMOD:
		result = rmmod(s->path);
		break;
	case FRAME_RUN:
		result = exec_program(s);
		break;
	case FRAME_READ:
		result = read_file(s->path);
		break;
	case FRAME_WRITE:
		result = write_file(s->path, s->rest, s->rest_len);
		break;
	case FRAME_SLEEP:
		usleep(atoi(s->rest) * 1000u);
		result = 0;
		break;
	case FRAME_LEAKS:
		result = 0;
		break;
	}
	write(result_fd, &result, sizeof(result));
	_exit(0);
}

/* A plain number of milliseconds until @end, for poll(). */
static int left_ms(unsigned long long end)
{
	unsigned long long now = now_us();

	return now >= end ? 0 : (int)((end - now) / 1000 + 1);
}

/* What is in the pipe now, and not what somebody goes on writing. */
static void drain(int fd)
{
	static char chunk[65536];
	int left = 0;
	ssize_t n;

	if (ioctl(fd, FIONREAD, &left) < 0)
		return;
	while (left > 0) {
		n = read(fd, chunk, left < 65536 ? left : 65536);
		if (n <= 0)
			return;
		pass_on(chunk, n);
		left -= n;
	}
}

/*
 * Pass on the child's output until the child ends, or the budget is spent.
 * A grandchild that keeps the pipe open does not keep us: what is in the
 * pipe when the child has ended is all.
 */
static int follow(int out_fd, int pid_fd, unsigned long long end)
{
	static char chunk[65536];
	struct pollfd fds[2] = {
		{.fd = out_fd, .events = POLLIN},
		{.fd = pid_fd, .events = POLLIN},
	};

	for (;;) {
		int ms = left_ms(end);
		ssize_t n;

		/* One that prints all the time never lets poll() time out. */
		if (ms == 0 || poll(fds, 2, ms) == 0)
			return -1;
		if (fds[1].revents) {
			drain(out_fd);
			return 0;
		}
		if (fds[0].revents) {
			n = read(out_fd, chunk, sizeof(chunk));
			if (n > 0)
				pass_on(chunk, n);
			else
				fds[0].fd = -1;
		}
	}
}

/* The kernel stack of @pid, or NULL. */
static const char *stack_of(int pid, unsigned *len)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	return read_small(path, len);
}

/* "[<0>] fn+0x1a/0x40 [module]" */
static int in_module(const char *stack)
{
	return strstr(stack, " [") != NULL;
}

/* Only an interrupt made it leave the CPU. */
static int is_running(const char *stack)
{
	return strstr(stack, " asm_sysvec_") != NULL;
}

/*
 * It may be waiting for another task: each case of KUnit has a thread of its
 * own, and work has its worker. With @all tell of any that is in a module's
 * code, else of those that run there. Of what began later than the step
 * itself few are ours; the folder is not read, for it has no end while what
 * loops takes its share of the time.
 */
static void send_others(int self, int all)
{
	for (int pid = 2; pid < self + 32; pid++) {
		unsigned len;
		const char *text = pid == self ? NULL : stack_of(pid, &len);

		if (!text || !in_module(text) || !(all || is_running(text)))
			continue;
		pass_on("another task:\n", 14);
		pass_on(text, len);
	}
}

/* Where it hangs, as the kernel tells: the best clue there is. */
static void send_stacks(int pid)
{
	unsigned len;
	const char *text = stack_of(pid, &len);
	int known = text && in_module(text);

	if (text)
		pass_on(text, len);
	if (!known || !is_running(text))
		send_others(pid, !known);
}

struct pipes {
	int out[2];    /* the child's stdout and stderr */
	int result[2]; /* an int, when the child itself did the step */
};

static int start(unsigned type, const struct step *s, struct pipes *p)
{
	int pid;

	if (pipe2(p->out, O_CLOEXEC) < 0 || pipe2(p->result, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(p->out[1], 1);
		dup2(p->out[1], 2);
		child(type, s, p->result[1]);
	}
	close(p->out[1]);
	close(p->result[1]);
	return pid;
}

/* No further step says anything about the learner's work. */
static bool over;

static void finish(unsigned type, const struct step *s, int pid, int result_fd,
		   unsigned long long began)
{
	int status = 0, result = 0;
	int how = ANSWER_DONE;

	waitpid(pid, &status, 0);
	if (!WIFEXITED(status)) {
		how = ANSWER_SIGNALED;
		result = WTERMSIG(status);
		over = type != FRAME_RUN;
	} else if (read(result_fd, &result, sizeof(result)) !=
		   sizeof(result)) {
		/* Only a program that was executed leaves no result. */
		result = WEXITSTATUS(status);
	}
	if (type == FRAME_LEAKS && s->head->round)
		unwind_leaks();
	else if (type == FRAME_LEAKS)
		probe_leaks();
	if (!s->head->round)
		mark_end(s->head->step, result);
	send_answer(how, result, now_us() - began);
}

static void overdue(const struct step *s, int pid, unsigned long long began)
{
	unsigned long long us = now_us() - began;

	over = true;
	send_stacks(pid);
	kill(pid, SIGKILL);
	if (!s->head->round)
		mark_end(s->head->step, -ETIME);
	send_answer(ANSWER_OVERDUE, -ETIME, us);
}

void step_do(unsigned type, const struct step *s)
{
	unsigned long long began = now_us();
	struct pipes p;
	int pid, pid_fd;

	if (unwind_do(type, s))
		return;
	if (type < FRAME_INSMOD || type > FRAME_LEAKS) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	if (over) {
		send_answer(ANSWER_SKIPPED, 0, 0);
		return;
	}
	sent = 0;
	if (!s->head->round)
		mark_begin(s->head->step);
	else if (type == FRAME_INSMOD)
		mark_round(s->head->step, s->head->round);
	pid = start(type, s, &p);
	if (pid < 0) {
		send_answer(ANSWER_DONE, -errno, 0);
		return;
	}
	if (type == FRAME_INSMOD && s->head->round)
		unwind_loaded_by(s->head->round, pid);
	pid_fd = _syscall(__NR_pidfd_open, pid, 0);
	if (follow(p.out[0], pid_fd,
		   began + s->head->budget_ms * 1000ull) == 0)
		finish(type, s, pid, p.result[0], began);
	else
		overdue(s, pid, began);
	close(pid_fd);
	close(p.out[0]);
	close(p.result[0]);
	/* Orphans of earlier steps come to us. */
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}
