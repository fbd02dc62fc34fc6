/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	OUT_MAX = 4 << 20, /* bytes of one run's output that are kept */
	LEAVE_MS = 10000, /* to clean up in, when asked to end */
	POLL_MS = 1000, /* between looks at the deadlines */
};

struct slot {
	struct proc *proc; /* NULL: free */
	size_t job;
	int fd; /* its output, or -1 when that has ended */
	int64_t deadline;
	struct buf out;
};

struct running {
	const struct farm *f;
	char program[4096];
	struct slot slots[FARM_MAX_JOBS];
	unsigned n; /* of .slots in use */
};

/* ---- how many ---- */

/* /proc/meminfo's estimate of what can be had without swapping, or -1. */
static long available_mib(void)
{
	FILE *f = fopen("/proc/meminfo", "re");
	char line[256];
	long kib = -1;

	while (f && kib < 0 && fgets(line, sizeof(line), f))
		if (sscanf(line, "MemAvailable: %ld kB", &kib) != 1)
			kib = -1;
	if (f)
		fclose(f);
	return kib < 0 ? -1 : kib / 1024;
}

unsigned farm_default_jobs(void)
{
	long jobs = sysconf(_SC_NPROCESSORS_ONLN);
	long mib = available_mib();

	if (mib >= 0 && jobs > mib / FARM_JOB_MIB)
		jobs = mib / FARM_JOB_MIB;
	if (jobs > FARM_MAX_JOBS)
		jobs = FARM_MAX_JOBS;
	return jobs < 1 ? 1 : (unsigned)jobs;
}

/* ---- one run ---- */

static struct slot *free_slot(struct running *r)
{
	for (size_t i = 0; i < r->f->jobs; i++)
		if (!r->slots[i].proc)
			return &r->slots[i];
	BUG("more runs than there is room for");
}

static int spawn(struct running *r, struct slot *s, struct strv *argv, int to,
		 struct err *e)
{
	const struct proc_fd fds[] = {
		{.fd = to, .as = STDOUT_FILENO},
		{.fd = to, .as = STDERR_FILENO},
	};
	struct proc_spec spec = PROC_SPEC_INIT;

	spec.argv = (const char *const *)argv->v;
	spec.fds = fds;
	spec.nfds = 2;
	s->proc = proc_start(&spec, e);
	return s->proc ? 0 : -1;
}

static int start(struct running *r, size_t job, struct strv *argv,
		 struct err *e)
{
	struct slot *s = free_slot(r);
	int64_t ms = r->f->timeout_ms ? r->f->timeout_ms : FARM_TIMEOUT_MS;
	int p[2];
	int ret;

	if (pipe2(p, O_CLOEXEC) < 0)
		return err_set(e, ERR_ENV, errno, "cannot start a run");
	*s = (struct slot){.job = job, .fd = p[0], .out = {.max = OUT_MAX}};
	fcntl(p[0], F_SETFL, O_NONBLOCK);
	ret = spawn(r, s, argv, p[1], e);
	close(p[1]);
	if (ret < 0) {
		close(p[0]);
		return -1;
	}
	s->deadline = mono_ms() + ms;
	r->n++;
	return 0;
}

/* What it has printed so far; its pipe is closed at the end. */
static void drain(struct slot *s)
{
	char chunk[8192];
	ssize_t n;

	while (s->fd >= 0) {
		n = read(s->fd, chunk, sizeof(chunk));
		if (n > 0) {
			buf_add(&s->out, chunk, (size_t)n);
		} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
			close(s->fd);
			s->fd = -1;
		} else if (errno == EAGAIN) {
			return;
		}
	}
}

static void let_go(struct running *r, struct slot *s)
{
	if (s->fd >= 0)
		close(s->fd);
	buf_release(&s->out);
	proc_kill(s->proc);
	*s = (struct slot){.fd = -1};
	r->n--;
}

/* ---- all of them ---- */

static int fill(struct running *r, struct err *e)
{
	while (r->n < r->f->jobs) {
		struct strv argv = STRV_INIT;
		size_t job = 0;
		int ret = strv_add(&argv, r->program);

		if (ret < 0)
			err_set(e, ERR_ENV, ENOMEM, "cannot start a run");
		else
			ret = r->f->next(r->f->arg, &job, &argv, e);
		if (ret > 0)
			ret = start(r, job, &argv, e) < 0 ? -1 : 1;
		strv_release(&argv);
		if (ret <= 0)
			return ret;
	}
	return 0;
}

static int too_long(const struct slot *s, struct err *e)
{
	err_set(e, ERR_ENV, 0, "a run did not end in time and was given up");
	return err_where(e, "%.400s", buf_str(&s->out));
}

/* Those that have ended are told; 0, or -1 to stop. */
static int collect(struct running *r, struct err *e)
{
	for (size_t i = 0; i < r->f->jobs; i++) {
		struct slot *s = &r->slots[i];
		int status, ret;

		if (!s->proc)
			continue;
		drain(s);
		if (proc_reap(s->proc, &status)) {
			drain(s);
			ret = r->f->done(r->f->arg, s->job, status, &s->out, e);
			let_go(r, s);
			if (ret < 0)
				return -1;
		} else if (mono_ms() >= s->deadline) {
			return too_long(s, e);
		}
	}
	return 0;
}

/* Until something happens; ERR_CANCELLED when that is the user's wish. */
static int wait_for_any(struct running *r, struct err *e)
{
	struct pollfd v[2 * FARM_MAX_JOBS + 1];
	nfds_t n = 0;

	v[n++] = (struct pollfd){.fd = r->f->cancel_fd, .events = POLLIN};
	for (size_t i = 0; i < r->f->jobs; i++) {
		const struct slot *s = &r->slots[i];

		if (!s->proc)
			continue;
		v[n++] = (struct pollfd){.fd = proc_pidfd(s->proc),
					 .events = POLLIN};
		v[n++] = (struct pollfd){.fd = s->fd, .events = POLLIN};
	}
	if (poll(v, n, POLL_MS) < 0 && errno != EINTR)
		return err_set(e, ERR_ENV, errno, "cannot wait for the runs");
	if (v[0].revents)
		return err_set(e, ERR_CANCELLED, 0, "interrupted");
	return 0;
}

/* Ask them all first, so that they clean up side by side. */
static void end_all(struct running *r)
{
	int64_t until = mono_ms() + LEAVE_MS;

	for (size_t i = 0; i < r->f->jobs; i++)
		if (r->slots[i].proc)
			proc_ask(r->slots[i].proc);
	for (size_t i = 0; i < r->f->jobs; i++) {
		struct slot *s = &r->slots[i];

		while (s->proc && !proc_reap(s->proc, NULL) &&
		       mono_ms() < until) {
			struct pollfd v = {.fd = proc_pidfd(s->proc),
					   .events = POLLIN};

			drain(s);
			poll(&v, 1, 50);
		}
		if (s->proc)
			let_go(r, s);
	}
}

static int find_program(struct running *r, struct err *e)
{
	ssize_t n;

	if (r->f->program) {
		snprintf(r->program, sizeof(r->program), "%s", r->f->program);
		return 0;
	}
	n = readlink("/proc/self/exe", r->program, sizeof(r->program) - 1);
	if (n < 0)
		return err_set(e, ERR_ENV, errno, "cannot find the program");
	r->program[n] = '\0';
	return 0;
}

int farm_run(const struct farm *f, struct err *e)
{
	struct running *r = calloc(1, sizeof(*r));
	int ret;

	if (!r)
		return err_set(e, ERR_ENV, ENOMEM, "cannot start the runs");
	if (f->jobs < 1 || f->jobs > FARM_MAX_JOBS)
		BUG("%u runs at a time", f->jobs);
	r->f = f;
	ret = find_program(r, e);
	if (ret == 0)
		ret = fill(r, e);
	while (ret == 0 && r->n > 0) {
		ret = wait_for_any(r, e);
		if (ret == 0)
			ret = collect(r, e);
		if (ret == 0)
			ret = fill(r, e);
	}
	end_all(r);
	free(r);
	return ret;
}
