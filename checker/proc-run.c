/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc_run: one child from its start to its end, and what it printed. */
#include "proc-int.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_OUT_MAX ((size_t)16 << 20)
#define KILL_WAIT_MS	10000
#define STRAY_POLL_MS	10

enum stream {
	OUT,
	ERR,
};

struct run {
	const struct proc_spec *spec;
	struct proc_result *r;
	struct proc *p;
	struct tty tty;
	int pipe[2]; /* our ends of stdout and stderr; -1: closed, or none */
	int std[3]; /* the child's ends; -1: closed, or not ours to close */
	size_t out_max;
	bool cut; /* there was output beyond out_max */
	bool ending; /* TERM was sent, .r->end says why */
	bool killed; /* KILL was sent */
	bool gone; /* the child itself has ended */
	int64_t deadline; /* of what comes next: TERM, KILL, giving up; or 0 */
};

/*
 * Input is put into a file in memory rather than fed through a pipe: a
 * child that never reads it blocks nobody, and no SIGPIPE comes back.
 */
static int input_fd(const struct proc_spec *s)
{
	const char *data = s->input;
	size_t left = s->input_len;
	int fd;

	if (!data)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0)
		return -1;
	while (left > 0) {
		ssize_t n = write(fd, data, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			close(fd);
			return -1;
		}
		data += n;
		left -= (size_t)n;
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static int make_pipe(struct run *run, enum stream which)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	run->pipe[which] = ends[0];
	run->std[1 + which] = ends[1];
	return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

static int open_std(struct run *run)
{
	if (run->spec->tty)
		return 0;
	run->std[0] = input_fd(run->spec);
	if (run->std[0] < 0 || make_pipe(run, OUT) < 0)
		return -1;
	return run->spec->merge ? 0 : make_pipe(run, ERR);
}

static void close_fds(int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
		fds[i] = -1;
	}
}

/* Ask it to end, because of @why; KILL follows after the grace. */
static void begin_end(struct run *run, enum proc_end why)
{
	int64_t grace = run->spec->grace_ms;

	if (run->ending)
		return;
	run->ending = true;
	run->r->end = why;
	proc_signal(run->p, SIGTERM);
	/* A stopped child would sleep through it. */
	proc_signal(run->p, SIGCONT);
	run->deadline = mono_ms() + (grace ? grace : PROC_GRACE_MS);
}

/* Keep what there is room for. */
static void take_output(struct run *run, enum stream which, const char *data,
			size_t len)
{
	struct proc_result *r = run->r;
	size_t room = run->out_max - r->out.len - r->err.len;
	size_t keep = len < room ? len : room;

	if (keep > 0)
		buf_add(which == OUT ? &r->out : &r->err, data, keep);
	if (keep > 0 && run->spec->on_output)
		run->spec->on_output(run->spec->arg, data, keep);
	if (keep == len)
		return;
	run->cut = true;
	if (run->p->reaped && !run->ending)
		r->end = PROC_OUTPUT_CAP;
	else if (!run->p->reaped)
		begin_end(run, PROC_OUTPUT_CAP);
}

/* Read once. False when nothing more is to be had now. */
static bool pump(struct run *run, enum stream which)
{
	char chunk[65536];
	ssize_t n = read(run->pipe[which], chunk, sizeof(chunk));

	if (n > 0) {
		take_output(run, which, chunk, (size_t)n);
		return true;
	}
	if (n < 0 && errno == EINTR)
		return true;
	if (n < 0 && errno == EAGAIN)
		return false;
	close_fds(&run->pipe[which], 1);
	return false;
}

/* After the end, with every writer dead; if one is not, up to the cap. */
static void drain(struct run *run)
{
	for (int i = OUT; i <= ERR; i++)
		while (run->pipe[i] >= 0 && !run->cut &&
		       pump(run, (enum stream)i))
			;
}

/* The deadline has passed: -1 when there is nothing left to try. */
static int next_measure(struct run *run)
{
	if (!run->ending) {
		begin_end(run, PROC_TIMED_OUT);
		return 0;
	}
	if (run->killed)
		return -1;
	run->killed = true;
	proc_signal(run->p, SIGKILL);
	run->deadline = mono_ms() + KILL_WAIT_MS;
	return 0;
}

static int poll_timeout(const struct run *run)
{
	int64_t left;

	if (!run->deadline)
		return -1;
	left = run->deadline - mono_ms();
	if (left < 0)
		return 0;
	if (run->gone && left > STRAY_POLL_MS)
		return STRAY_POLL_MS;
	return left > 3600000 ? 3600000 : (int)left;
}

/*
 * Nothing is left to wait for. A child that was asked to end may be gone
 * before those that it started: they were asked too, and have the rest of
 * the grace to clean up.
 */
static bool is_over(const struct run *run)
{
	if (!run->gone)
		return false;
	return !run->ending || run->killed || !tree_has_strays();
}

/* Returns 0 when the child has ended, -1 when something of ours failed. */
static int watch(struct run *run, struct err *e)
{
	for (;;) {
		int cancel = run->ending ? -1 : run->spec->cancel_fd;
		struct pollfd pfd[] = {
			{.fd = run->gone ? -1 : run->p->pidfd,
			 .events = POLLIN},
			{.fd = run->pipe[OUT], .events = POLLIN},
			{.fd = run->pipe[ERR], .events = POLLIN},
			{.fd = cancel, .events = POLLIN},
			{.fd = run->tty.sigchld, .events = POLLIN},
		};

		if (poll(pfd, 5, poll_timeout(run)) < 0 && errno != EINTR)
			return err_set(e, ERR_ENV, errno, "cannot wait");
		for (int i = OUT; i <= ERR; i++)
			if (pfd[1 + i].revents)
				pump(run, (enum stream)i);
		if (!buf_ok(&run->r->out) || !buf_ok(&run->r->err))
			return err_set(e, ERR_ENV, ENOMEM,
				       "no memory for what it printed");
		if (pfd[0].revents)
			run->gone = true;
		if (is_over(run))
			return 0;
		if (pfd[3].revents)
			begin_end(run, PROC_CANCELLED);
		if (pfd[4].revents)
			tty_child_changed(&run->tty, run->p->pid);
		if (run->deadline && mono_ms() >= run->deadline &&
		    next_measure(run) < 0)
			return err_set(e, ERR_ENV, 0,
				       "process %d does not end, even killed",
				       (int)run->p->pid);
	}
}

static void settle(struct run *run)
{
	struct proc_result *r = run->r;
	int st;

	proc_finish(run->p);
	st = run->p->wait_status;
	if (!run->ending) {
		r->end = WIFSIGNALED(st) ? PROC_SIGNALED : PROC_EXITED;
		r->status = WIFSIGNALED(st) ? WTERMSIG(st) : WEXITSTATUS(st);
	}
	drain(run);
	r->cpu_ms = run->p->cpu_us / 1000;
}

static int supervise(struct run *run, struct err *e)
{
	int ret;

	if (run->spec->timeout_ms)
		run->deadline = mono_ms() + run->spec->timeout_ms;
	ret = watch(run, e);
	if (ret < 0) {
		proc_kill(run->p);
		return -1;
	}
	settle(run);
	proc_free(run->p);
	if (buf_ok(&run->r->out) && buf_ok(&run->r->err))
		return 0;
	return err_set(e, ERR_ENV, ENOMEM, "no memory for what it printed");
}

static int start(struct run *run, struct err *e)
{
	const struct proc_spec *s = run->spec;
	struct spawn_failure f;
	int std[3] = {0, 1, 2};

	if (!s->tty) {
		std[0] = run->std[0];
		std[1] = run->std[1];
		std[2] = s->merge ? run->std[1] : run->std[2];
	}
	run->p = proc_spawn(s, std, &f);
	close_fds(run->std, 3);
	if (run->p)
		return supervise(run, e);
	if (f.ours)
		return proc_spawn_error(s, &f, e);
	run->r->end = PROC_SPAWN_FAILED;
	run->r->status = f.errnum;
	run->r->failed = f.step;
	return 0;
}

static bool cancelled_already(const struct proc_spec *s)
{
	struct pollfd pfd = {.fd = s->cancel_fd, .events = POLLIN};

	return s->cancel_fd >= 0 && poll(&pfd, 1, 0) > 0;
}

int proc_run(struct proc_result *r, const struct proc_spec *s, struct err *e)
{
	struct run run = {.spec = s,
			  .r = r,
			  .tty = {.sigchld = -1},
			  .pipe = {-1, -1},
			  .std = {-1, -1, -1}};
	int64_t begun = mono_ms();
	int ret = -1;

	*r = (struct proc_result)PROC_RESULT_INIT;
	run.out_max = s->out_max ? s->out_max : DEFAULT_OUT_MAX;
	r->out.max = r->err.max = run.out_max;
	if (cancelled_already(s)) {
		r->end = PROC_CANCELLED;
		return 0;
	}
	if (open_std(&run) < 0) {
		err_set(e, ERR_ENV, errno, "cannot start %s", s->argv[0]);
		goto out;
	}
	if (s->tty)
		tty_begin(&run.tty);
	ret = start(&run, e);
	if (s->tty)
		tty_end(&run.tty);
	r->wall_ms = mono_ms() - begun;
out:
	close_fds(run.pipe, 2);
	close_fds(run.std, 3);
	if (ret < 0)
		proc_result_release(r);
	return ret;
}

void proc_result_release(struct proc_result *r)
{
	if (!r)
		return;
	buf_release(&r->out);
	buf_release(&r->err);
	*r = (struct proc_result)PROC_RESULT_INIT;
}
