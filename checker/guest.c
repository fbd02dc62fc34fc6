/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "err.h"
#include "guest/proto.h"
#include "klog.h"
#include "proc.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS	    50	   /* how often CPU time is looked at */
#define BOOT_CPU_MS 240000 /* a cold boot takes 10 s on an idle machine */
#define BOOT_MS	    600000
#define WALL_FACTOR 20	   /* wall clock against CPU bound: a busy host */
#define IDLE_MS	    5000   /* a guest that waits jumps to its next timer: */
#define IDLE_CPU_MS 100	   /* one that does not even use this has none */
#define DYING_MS    3000   /* for the panic's text after an NMI */
#define DRAIN_MS    2000   /* for the end marker to reach the console, */
#define DRAIN_TICK_MS 2	   /* which cannot be polled: it is a file */

struct guest {
	struct qemu *qemu;
	struct klog *log;
	const struct guest_opts *o;
	uint64_t logged;      /* bytes of log since START */
	enum guest_end end;
	bool alive;	      /* QEMU runs and the agent may answer */
	bool started;	      /* START was sent: what comes is the log */
	off_t console_at;     /* read of the console's file up to here */
	uint16_t seq;
	struct buf in;	      /* from the job port, not yet taken apart */
	struct buf out;	      /* to the job port, not yet written */
};

/* What one wait is for. */
struct wait {
	bool answered;
	struct frame_answer answer;
	struct buf *data;     /* FRAME_DATA goes here; NULL: dropped */
	void (*on_data)(void *arg, const char *data, size_t len);
	void *arg;
	bool hello;	      /* the agent's first word came */
	bool (*enough)(struct guest *g); /* or this says so */
};

static void lose(struct guest *g, enum guest_end why)
{
	if (g->alive) {
		g->alive = false;
		g->end = why;
	}
}

static int write_log(struct guest *g, const char *data, size_t len,
		     struct err *e)
{
	while (g->o->log_fd >= 0 && len > 0) {
		ssize_t n = write(g->o->log_fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			err_set(e, ERR_ENV, errno, "cannot write the log");
			return err_next(e, "free some space and check again");
		}
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static int take_console(struct guest *g, const char *data, size_t len,
			struct err *e)
{
	g->console_at += (off_t)len;
	if (write_log(g, data, len, e) < 0)
		return -1;
	if (!g->started)
		return 0;
	klog_feed(g->log, data, len);
	g->logged += len;
	if (g->logged > g->o->log_max)
		lose(g, GUEST_FLOODED);
	return 0;
}

/* All that the console has for us now. */
static int read_console(struct guest *g, struct err *e)
{
	char chunk[65536];
	ssize_t n;

	while (g->logged <= g->o->log_max &&
	       (n = pread(qemu_console_fd(g->qemu), chunk, sizeof(chunk),
			  g->console_at)) > 0)
		if (take_console(g, chunk, (size_t)n, e) < 0)
			return -1;
	return 0;
}

static void take_frame(struct guest *g, struct wait *w,
		       const struct frame_head *h, const char *body)
{
	switch (h->type) {
	case FRAME_HELLO:
		w->hello = true;
		break;
	case FRAME_DATA:
		if (h->seq != g->seq)
			break;
		if (w->data && w->data->len + h->len <= KILN_OUTPUT_MAX)
			buf_add(w->data, body, h->len);
		if (w->on_data)
			w->on_data(w->arg, body, h->len);
		break;
	case FRAME_ANSWER:
		if (h->seq != g->seq || h->len != sizeof(w->answer))
			break;
		memcpy(&w->answer, body, sizeof(w->answer));
		w->answered = true;
		break;
	}
}

/* Take whole frames off the front of what has been read. */
static void take_frames(struct guest *g, struct wait *w)
{
	size_t at = 0;

	while (g->in.len - at >= sizeof(struct frame_head)) {
		struct frame_head h;

		memcpy(&h, g->in.data + at, sizeof(h));
		if (h.len > KILN_FRAME_MAX) {
			lose(g, GUEST_LOST);
			break;
		}
		if (g->in.len - at - sizeof(h) < h.len)
			break;
		take_frame(g, w, &h, g->in.data + at + sizeof(h));
		at += sizeof(h) + h.len;
	}
	if (at > 0) {
		g->in.len -= at;
		memmove(g->in.data, g->in.data + at, g->in.len);
	}
}

static void read_job(struct guest *g, struct wait *w)
{
	char chunk[65536];
	ssize_t n = read(qemu_job_fd(g->qemu), chunk, sizeof(chunk));

	if (n <= 0)
		return;
	buf_add(&g->in, chunk, (size_t)n);
	if (!buf_ok(&g->in))
		lose(g, GUEST_LOST);
	else
		take_frames(g, w);
}

static void write_job(struct guest *g)
{
	ssize_t n = write(qemu_job_fd(g->qemu), g->out.data, g->out.len);

	if (n <= 0)
		return;
	g->out.len -= (size_t)n;
	memmove(g->out.data, g->out.data + n, g->out.len);
}

static bool satisfied(struct guest *g, const struct wait *w)
{
	return w->answered || w->hello || !g->alive ||
	       (w->enough && w->enough(g));
}

/*
 * QEMU has ended: a reset, or a death of its own. What it had written is
 * still there to be read.
 */
static int qemu_ended(struct guest *g, struct wait *w, struct err *e)
{
	if (read_console(g, e) < 0)
		return -1;
	read_job(g, w);
	lose(g, GUEST_RESET);
	return 0;
}

/* One look at everything, waiting at most @ms for QEMU or the user. */
static int turn(struct guest *g, struct wait *w, int ms, struct err *e)
{
	struct pollfd p[3] = {
		{.fd = qemu_job_fd(g->qemu),
		 .events = POLLIN | (g->out.len ? POLLOUT : 0)},
		{.fd = qemu_pidfd(g->qemu), .events = POLLIN},
		{.fd = g->o->cancel_fd, .events = POLLIN},
	};

	if (poll(p, 3, ms) < 0)
		return 0;
	if (p[2].revents)
		return err_set(e, ERR_CANCELLED, 0, "interrupted");
	if (read_console(g, e) < 0)
		return -1;
	if (p[0].revents & POLLOUT)
		write_job(g);
	if (p[0].revents & (POLLIN | POLLHUP))
		read_job(g, w);
	if (p[1].revents)
		return qemu_ended(g, w, e);
	return 0;
}

static double cpu_rate(const struct guest *g)
{
	return g->o->cpu_per_guest > 0 ? g->o->cpu_per_guest : 1.0;
}

/*
 * The bytes of the log go through a UART one by one: what QEMU does for each
 * costs as much as 20 us of other guest time, twice that on a busy machine.
 * The time that a step may take is not for that.
 */
static int64_t printing_ms(const struct guest *g, uint64_t bytes)
{
	return (int64_t)((double)bytes * cpu_rate(g) * 0.06);
}

/* What QEMU has used, and when it was last seen to use any. */
struct usage {
	int64_t cpu, last_cpu; /* at the start of the wait; lately */
	int64_t used_at;
	uint64_t logged;       /* at the start of the wait */
};

/* Has it used more than it may, or nothing for long? A halted CPU does. */
static bool out_of_bounds(struct guest *g, struct usage *u, int64_t cpu_ms,
			  int64_t now)
{
	int64_t cpu = qemu_cpu_ms(g->qemu);
	int64_t spared = printing_ms(g, g->logged - u->logged);

	if (cpu - u->last_cpu > IDLE_CPU_MS) {
		u->last_cpu = cpu;
		u->used_at = now;
	}
	if (g->started && now - u->used_at > IDLE_MS)
		return true;
	return cpu - u->cpu > cpu_ms + spared;
}

/*
 * Wait until @w is satisfied, or the bounds are crossed: 1 then, 0 when it
 * is, -1 on an error. A bound of 0 is none.
 */
static int await(struct guest *g, struct wait *w, int64_t cpu_ms,
		 int64_t wall_ms, struct err *e)
{
	int64_t began = mono_ms();
	int64_t looked = began;
	struct usage u = {
		.cpu = cpu_ms ? qemu_cpu_ms(g->qemu) : 0,
		.logged = g->logged,
		.used_at = began,
	};

	while (!satisfied(g, w)) {
		int64_t now;

		if (turn(g, w, w->enough ? DRAIN_TICK_MS : TICK_MS, e) < 0)
			return -1;
		now = mono_ms();
		if (now - began > wall_ms)
			return 1;
		if (!cpu_ms || now - looked < TICK_MS)
			continue;
		looked = now;
		if (out_of_bounds(g, &u, cpu_ms, now))
			return 1;
	}
	return 0;
}

/*
 * The guest does not come to an end. An NMI panics it, with a trace that
 * names the line where it loops; then it resets, and QEMU ends.
 */
static int interrupt(struct guest *g, struct err *e)
{
	struct wait none = {.answered = false};

	if (!g->alive)
		return 0;
	if (qemu_nmi(g->qemu, NULL) == 0 &&
	    await(g, &none, 0, DYING_MS, e) < 0)
		return -1;
	g->alive = false;
	g->end = GUEST_OVERDUE;
	return 0;
}

static void queue(struct guest *g, enum frame_type type, const void *a,
		  size_t alen, const void *b, size_t blen, const void *c,
		  size_t clen)
{
	struct frame_head h = {
		.len = (uint32_t)(alen + blen + clen),
		.type = type,
		.seq = ++g->seq,
	};

	buf_add(&g->out, &h, sizeof(h));
	buf_add(&g->out, a, alen);
	buf_add(&g->out, b, blen);
	buf_add(&g->out, c, clen);
}

/*
 * The CPU time that @guest_ms of guest time may cost, amply: work that moves
 * much memory, or a busy host, makes it twice what the measured loop costs.
 */
static int64_t cpu_bound(const struct guest *g, unsigned guest_ms)
{
	return (int64_t)(guest_ms * cpu_rate(g) * 2.5) + 500;
}

/* Send what is queued and wait for its answer; a guest that gives none is
 * overdue. */
static int request(struct guest *g, struct wait *w, unsigned guest_ms,
		   struct err *e)
{
	int64_t cpu_ms = cpu_bound(g, guest_ms);
	int ret = await(g, w, cpu_ms, cpu_ms * WALL_FACTOR, e);

	if (ret < 0)
		return -1;
	return ret == 0 ? 0 : interrupt(g, e);
}

struct guest *guest_boot(const struct guest_opts *o, struct err *e)
{
	struct guest *g = calloc(1, sizeof(*g));
	struct wait w = {.hello = false};
	int ret;

	if (!g) {
		err_set(e, ERR_ENV, ENOMEM, "cannot start a guest");
		return NULL;
	}
	g->o = o;
	g->alive = true;
	g->end = GUEST_FINISHED;
	g->in.max = g->out.max = 64u << 20;
	g->qemu = qemu_start(&o->qemu, e);
	if (!g->qemu)
		goto fail;
	if (o->qemu_ran)
		*o->qemu_ran = true;
	if (o->qemu.mode == QEMU_RESUME) {
		if (qemu_resume(g->qemu, e) < 0)
			goto fail;
		return g;
	}
	ret = await(g, &w, BOOT_CPU_MS, BOOT_MS, e);
	if (ret < 0)
		goto fail;
	if (ret == 0 && w.hello)
		return g;
	err_set(e, ERR_ENV, 0, g->alive ? "the guest does not come up"
					: "the guest ended while it booted");
	err_next(e, "`kiln doctor` looks at what guests need; `kiln setup "
		    "--anew` makes all of it again");
fail:
	guest_free(g);
	return NULL;
}

struct guest *guest_start(const struct guest_opts *o, struct err *e)
{
	struct guest *g = guest_boot(o, e);
	struct wait w = {.answered = false};
	struct frame_start s;

	if (!g)
		return NULL;
	g->log = klog_new(o->nonce, 0);
	if (!g->log) {
		err_set(e, ERR_ENV, ENOMEM, "cannot read the guest's log");
		goto fail;
	}
	memcpy(s.nonce, o->nonce, sizeof(s.nonce));
	memcpy(s.entropy, o->entropy, sizeof(s.entropy));
	g->started = true;
	queue(g, FRAME_START, &s, sizeof(s), NULL, 0, NULL, 0);
	if (request(g, &w, 5000, e) < 0)
		goto fail;
	if (g->alive && w.answered)
		return g;
	err_set(e, ERR_ENV, 0, "the agent in the guest does not answer");
	err_next(e, "check again with --cold; `kiln setup --clean` makes the "
		    "warm guests again");
fail:
	guest_free(g);
	return NULL;
}

void guest_free(struct guest *g)
{
	if (!g)
		return;
	qemu_kill(g->qemu);
	klog_free(g->log);
	buf_release(&g->in);
	buf_release(&g->out);
	free(g);
}

int guest_put(struct guest *g, const char *path, unsigned mode,
	      const void *data, size_t len, struct err *e)
{
	const size_t most = KILN_FRAME_MAX / 2;
	const char *p = data;

	do {
		size_t n = len < most ? len : most;
		struct frame_put head = {.mode = mode,
					 .path_len = (uint32_t)strlen(path)};
		struct wait w = {.answered = false};

		queue(g, FRAME_PUT, &head, sizeof(head), path,
		      head.path_len, p, n);
		if (request(g, &w, 5000, e) < 0)
			return -1;
		if (!g->alive)
			return 0;
		if (w.answer.result != 0)
			return err_set(e, ERR_ENV, -w.answer.result,
				       "the guest cannot take '%s'", path);
		p += n;
		len -= n;
	} while (len > 0);
	return 0;
}

static enum frame_type frame_of(enum plan_op op)
{
	switch (op) {
	case PLAN_INSMOD:
		return FRAME_INSMOD;
	case PLAN_RMMOD:
		return FRAME_RMMOD;
	case PLAN_RUN:
		return FRAME_RUN;
	case PLAN_READ:
		return FRAME_READ;
	case PLAN_WRITE:
		return FRAME_WRITE;
	case PLAN_SLEEP:
		return FRAME_SLEEP;
	case PLAN_LEAKS:
		return FRAME_LEAKS;
	}
	BUG("no such plan operation: %d", op);
}

/* What follows the path: parameters, arguments with NULs, bytes. */
static void add_rest(struct buf *rest, const struct plan_step *step)
{
	if (step->op == PLAN_RUN)
		for (size_t i = 0; i < step->argv.n; i++)
			buf_add(rest, step->argv.v[i],
				strlen(step->argv.v[i]) + 1);
	else if (step->args)
		buf_adds(rest, step->args);
}

static void settle(const struct guest *g, const struct wait *w,
		   struct step_result *r)
{
	if (!w->answered) {
		r->how = g->end == GUEST_OVERDUE ? STEP_OVERDUE : STEP_LOST;
		return;
	}
	r->result = w->answer.result;
	r->guest_us = w->answer.guest_us;
	switch (w->answer.how) {
	case ANSWER_DONE:
		r->how = STEP_DONE;
		break;
	case ANSWER_SIGNALED:
		r->how = STEP_SIGNALED;
		break;
	case ANSWER_OVERDUE:
		r->how = STEP_OVERDUE;
		break;
	default:
		r->how = STEP_LOST;
		break;
	}
}

int guest_step(struct guest *g, const struct plan_step *step, int index,
	       unsigned budget_ms, struct step_result *r, struct err *e)
{
	struct wait w = {.data = &r->output};
	const char *target = step->target ? step->target : "";
	struct buf rest = BUF_INIT;
	char path[256];
	struct frame_step head = {.step = index, .budget_ms = budget_ms};
	bool ours = step->op == PLAN_INSMOD || step->op == PLAN_RUN;
	int ret;

	snprintf(path, sizeof(path), "%s%s",
		 ours && target[0] != '/' ? "/work/" : "", target);
	head.path_len = (uint32_t)strlen(path);
	add_rest(&rest, step);
	queue(g, frame_of(step->op), &head, sizeof(head), path,
	      head.path_len, buf_str(&rest), rest.len);
	buf_release(&rest);
	ret = request(g, &w, budget_ms, e);
	settle(g, &w, r);
	return ret;
}

struct kunit_list {
	struct kunit_result *v;
	size_t n;
	bool failed;
};

/* A frame holds a suite's name, a NUL, and the text of its results. */
static void add_suite(void *arg, const char *data, size_t len)
{
	struct kunit_list *l = arg;
	const char *nul = memchr(data, '\0', len);
	struct kunit_result *v;

	if (!nul || l->failed)
		return;
	v = realloc(l->v, (l->n + 1) * sizeof(*v));
	if (!v) {
		l->failed = true;
		return;
	}
	l->v = v;
	v[l->n].suite = strdup(data);
	v[l->n].text = strndup(nul + 1, len - (size_t)(nul + 1 - data));
	if (!v[l->n].suite || !v[l->n].text)
		l->failed = true;
	l->n++;
}

int guest_kunit(struct guest *g, struct kunit_result **out, size_t *n,
		struct err *e)
{
	struct kunit_list list = {.n = 0};
	struct wait w = {.on_data = add_suite, .arg = &list};
	int ret;

	queue(g, FRAME_KUNIT, NULL, 0, NULL, 0, NULL, 0);
	ret = request(g, &w, 5000, e);
	if (ret == 0 && list.failed)
		ret = err_set(e, ERR_ENV, ENOMEM,
			      "cannot keep the results of KUnit");
	*out = list.v;
	*n = list.n;
	return ret;
}

static bool saw_end(struct guest *g)
{
	return klog_saw_end(g->log);
}

int guest_finish(struct guest *g, struct err *e)
{
	struct wait answer = {.answered = false};
	struct wait drained = {.enough = saw_end};
	int ret = 0;

	if (g->alive) {
		queue(g, FRAME_END, NULL, 0, NULL, 0, NULL, 0);
		ret = request(g, &answer, 5000, e);
	}
	/* The console lags behind the answer: printing is a thread's work. */
	if (ret == 0 && g->alive)
		ret = await(g, &drained, 0, DRAIN_MS, e);
	if (ret > 0)
		lose(g, GUEST_LOST);
	klog_finish(g->log);
	return ret < 0 ? -1 : 0;
}

enum guest_end guest_end(const struct guest *g)
{
	return g->end;
}

bool guest_alive(const struct guest *g)
{
	return g->alive;
}

struct klog *guest_log(struct guest *g)
{
	return g->log;
}

struct qemu *guest_qemu(struct guest *g)
{
	return g->qemu;
}

int guest_spin(struct guest *g, unsigned ms, int64_t *cpu_ms, struct err *e)
{
	struct wait w = {.answered = false};
	uint32_t arg = ms;
	int64_t began = qemu_cpu_ms(g->qemu);

	queue(g, FRAME_SPIN, &arg, sizeof(arg), NULL, 0, NULL, 0);
	if (await(g, &w, BOOT_CPU_MS, BOOT_MS, e) < 0)
		return -1;
	if (!w.answered)
		return err_set(e, ERR_ENV, 0, "the guest does not answer");
	*cpu_ms = qemu_cpu_ms(g->qemu) - began;
	return 0;
}
