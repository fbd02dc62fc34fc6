/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "runner.h"
#include "checker/buf.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/verdict-carry.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { END_MS = 1000 };

enum message {
	MSG_BEGIN,
	MSG_DETAIL,
	MSG_END,
	MSG_VERDICT,
	MSG_ERROR,
};

struct head {
	uint32_t kind;
	uint32_t tier;
	uint32_t result;
	int64_t ms;
	uint64_t len; /* of what follows */
};

struct runner {
	struct proc *proc;
	int in; /* what it tells */
	int stop; /* closed: it is to stop; -1 */
	bool cancelled;
	struct buf got; /* of a message that is not whole yet */
};

/* ---- the process ---- */

struct child {
	const struct check_request *req;
	int out, stop;
	int ours[2]; /* ends that are the parent's */
};

static void send_bytes(int fd, const char *s, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, s, n);

		if (put < 0 && errno == EINTR)
			continue;
		/* Nobody reads any more: the cancel descriptor says so too. */
		if (put < 0)
			return;
		s += put;
		n -= (size_t)put;
	}
}

static void send_message(int fd, struct head h, const char *data)
{
	struct buf b = BUF_INIT;

	buf_add(&b, &h, sizeof(h));
	buf_add(&b, data, h.len);
	if (buf_ok(&b))
		send_bytes(fd, buf_str(&b), b.len);
	buf_release(&b);
}

static void tell_begin(void *arg, enum tier t)
{
	const struct child *c = arg;

	send_message(c->out, (struct head){.kind = MSG_BEGIN, .tier = t}, "");
}

static void tell_detail(void *arg, enum tier t, const char *what)
{
	const struct child *c = arg;
	size_t n = what ? strlen(what) : 0;

	send_message(c->out,
		     (struct head){.kind = MSG_DETAIL, .tier = t, .len = n},
		     what ? what : "");
}

static void tell_end(void *arg, enum tier t, enum tier_result r, int64_t ms)
{
	const struct child *c = arg;

	send_message(c->out,
		     (struct head){
			     .kind = MSG_END, .tier = t, .result = r, .ms = ms},
		     "");
}

static void tell_verdict(const struct child *c, struct verdict *v)
{
	struct buf b = BUF_INIT;

	if (verdict_pack(&b, v) == 0)
		send_message(c->out,
			     (struct head){.kind = MSG_VERDICT, .len = b.len},
			     buf_str(&b));
	buf_release(&b);
	verdict_release(v);
}

static int run_child(void *arg)
{
	struct child *c = arg;
	struct check_watch watch = {
		.arg = c,
		.tier_begin = tell_begin,
		.tier_detail = tell_detail,
		.tier_end = tell_end,
	};
	struct check_request req = *c->req;
	struct err e = ERR_INIT;
	struct verdict v;

	/* Or the end of our parent would never close them. */
	close(c->ours[0]);
	close(c->ours[1]);
	req.watch = &watch;
	req.cancel_fd = c->stop;
	req.record = NULL;
	if (check_run(&v, &req, &e) == 0)
		tell_verdict(c, &v);
	else
		send_message(c->out,
			     (struct head){.kind = MSG_ERROR, .len = sizeof(e)},
			     (const char *)&e);
	return 0;
}

/* ---- our side ---- */

static void close_all(int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

struct runner *runner_start(const struct check_request *req, struct err *e)
{
	struct runner *r = calloc(1, sizeof(*r));
	int fds[4] = {-1, -1, -1, -1}; /* what it tells; to stop it */
	struct child c = {.req = req};

	if (!r || pipe2(fds, O_CLOEXEC) < 0 || pipe2(fds + 2, O_CLOEXEC) < 0) {
		err_set(e, ERR_ENV, errno, "cannot start the check");
		goto failed;
	}
	c.out = fds[1];
	c.stop = fds[2];
	c.ours[0] = fds[0];
	c.ours[1] = fds[3];
	r->proc = proc_fork(run_child, &c, e);
	if (!r->proc)
		goto failed;
	close(fds[1]);
	close(fds[2]);
	r->in = fds[0];
	r->stop = fds[3];
	fcntl(r->in, F_SETFL, O_NONBLOCK);
	return r;
failed:
	close_all(fds, 4);
	free(r);
	return NULL;
}

int runner_fd(const struct runner *r)
{
	return r->in;
}

/* False at the end of what it tells. */
static bool take_in(struct runner *r)
{
	char chunk[65536];

	for (;;) {
		ssize_t n = read(r->in, chunk, sizeof(chunk));

		if (n > 0)
			buf_add(&r->got, chunk, (size_t)n);
		else if (n == 0)
			return false;
		else if (errno == EAGAIN)
			return true;
		else if (errno != EINTR)
			return false;
	}
}

static enum runner_state lost(struct runner *r, struct err *e)
{
	struct pollfd p = {.fd = proc_pidfd(r->proc), .events = POLLIN};
	int status = 0;

	/* The pipe closes a moment before the process is gone. */
	poll(&p, 1, END_MS);
	proc_reap(r->proc, &status);
	if (r->cancelled) {
		err_set(e, ERR_CANCELLED, 0, "stopped");
		return RUNNER_FAILED;
	}
	err_set(e, ERR_ENV, 0, "the check ended before it had a verdict");
	if (WIFSIGNALED(status))
		err_where(e, "signal %d (%s)", WTERMSIG(status),
			  strsignal(WTERMSIG(status)));
	err_next(e, "check again");
	return RUNNER_FAILED;
}

static enum runner_state last_message(struct runner *r, const struct head *h,
				      const char *data, struct verdict *v,
				      struct err *e)
{
	if (h->kind == MSG_VERDICT && verdict_unpack(v, data, h->len) == 0)
		return RUNNER_DONE;
	if (h->kind == MSG_ERROR && h->len == sizeof(*e)) {
		memcpy(e, data, sizeof(*e));
		return RUNNER_FAILED;
	}
	return lost(r, e);
}

static void call(const struct check_watch *w, const struct head *h,
		 const char *data)
{
	char *what;

	if (!w)
		return;
	if (h->kind == MSG_BEGIN && w->tier_begin)
		w->tier_begin(w->arg, (enum tier)h->tier);
	if (h->kind == MSG_END && w->tier_end)
		w->tier_end(w->arg, (enum tier)h->tier,
			    (enum tier_result)h->result, h->ms);
	if (h->kind != MSG_DETAIL || !w->tier_detail)
		return;
	what = strndup(data, h->len);
	w->tier_detail(w->arg, (enum tier)h->tier, what && *what ? what : NULL);
	free(what);
}

enum runner_state runner_pump(struct runner *r, const struct check_watch *w,
			      struct verdict *v, struct err *e)
{
	bool more = take_in(r);
	enum runner_state st = RUNNER_GOES_ON;
	size_t at = 0;
	struct head h;

	while (st == RUNNER_GOES_ON && r->got.len - at >= sizeof(h)) {
		const char *data = buf_str(&r->got) + at;

		memcpy(&h, data, sizeof(h));
		if (r->got.len - at - sizeof(h) < h.len)
			break;
		data += sizeof(h);
		at += sizeof(h) + h.len;
		if (h.kind < MSG_VERDICT)
			call(w, &h, data);
		else
			st = last_message(r, &h, data, v, e);
	}
	r->got.len -= at;
	if (at)
		memmove(r->got.data, r->got.data + at, r->got.len);
	return st == RUNNER_GOES_ON && !more ? lost(r, e) : st;
}

void runner_cancel(struct runner *r)
{
	if (r->stop >= 0)
		close(r->stop);
	r->stop = -1;
	r->cancelled = true;
}

void runner_free(struct runner *r)
{
	struct pollfd p;

	if (!r)
		return;
	runner_cancel(r);
	/* It may be writing what nobody wants to know any more. */
	close(r->in);
	p = (struct pollfd){.fd = proc_pidfd(r->proc), .events = POLLIN};
	while (poll(&p, 1, END_MS) < 0 && errno == EINTR)
		;
	proc_kill(r->proc);
	buf_release(&r->got);
	free(r);
}
