/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-int.h"
#include "err.h"
#include "guest-idle.h"
#include "klog.h"
#include "proc.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS	      50 /* how often CPU time is looked at */
#define DRAIN_TICK_MS 2	 /* the console is a file: it cannot be polled */

void guest_lose(struct guest *g, enum guest_end why)
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
	if (g->logged > g->o->log_max + g->log_more)
		guest_lose(g, GUEST_FLOODED);
	return 0;
}

/* All that the console has for us now. */
static int read_console(struct guest *g, struct err *e)
{
	char chunk[65536];
	ssize_t n;

	while (g->logged <= g->o->log_max + g->log_more &&
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
		g->surplus |= g->started;
		w->hello = !g->started;
		break;
	case FRAME_DATA:
		if (h->seq != g->seq || h->seq == g->answered) {
			g->surplus = true;
			break;
		}
		if (w->data && w->data->len + h->len <= KILN_OUTPUT_MAX)
			buf_add(w->data, body, h->len);
		if (w->on_data)
			w->on_data(w->arg, body, h->len);
		break;
	case FRAME_ANSWER:
		if (h->seq != g->seq || h->len != sizeof(w->answer) ||
		    h->seq == g->answered) {
			g->surplus = true;
			break;
		}
		g->answered = h->seq;
		memcpy(&w->answer, body, sizeof(w->answer));
		w->answered = true;
		break;
	}
}

/*
 * Take frames until the answer is there: the guest may be ahead of us, and
 * what follows is for later waits.
 */
static void take_frames(struct guest *g, struct wait *w)
{
	struct frame_head h;
	const char *body;
	int got = 0;

	while (!w->answered && !w->hello &&
	       (got = frames_next(&g->in, &h, &body)) > 0)
		take_frame(g, w, &h, body);
	if (got < 0)
		guest_lose(g, GUEST_LOST);
}

static void read_job(struct guest *g, struct wait *w)
{
	char chunk[65536];
	ssize_t n = read(qemu_job_fd(g->qemu), chunk, sizeof(chunk));

	if (n <= 0)
		return;
	if (frames_feed(&g->in, chunk, (size_t)n) < 0)
		guest_lose(g, GUEST_LOST);
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
	guest_lose(g, GUEST_RESET);
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

double guest_cpu_rate(const struct guest *g)
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
	return (int64_t)((double)bytes * guest_cpu_rate(g) * 0.06);
}

/*
 * What QEMU has used. Looking costs a millisecond, and most waits are over
 * before the first look: what was used until then does not count.
 */
struct usage {
	int64_t cpu; /* at the first look, or -1 */
	struct idle idle;
	uint64_t logged; /* at the start of the wait */
};

/* Has it used more than it may, or nothing for long? A halted CPU does. */
static bool out_of_bounds(struct guest *g, struct usage *u, int64_t cpu_ms,
			  int64_t now)
{
	int64_t cpu = qemu_cpu_ms(g->qemu);
	int64_t spared = printing_ms(g, g->logged - u->logged);

	if (u->cpu < 0) {
		u->cpu = cpu;
		idle_begin(&u->idle, now, qemu_waited_ms(g->qemu));
	}
	if (idle_seems(&u->idle, now, cpu) && g->started &&
	    idle_is(&u->idle, now, qemu_waited_ms(g->qemu)))
		return true;
	return cpu - u->cpu > cpu_ms + spared;
}

int guest_await(struct guest *g, struct wait *w, int64_t cpu_ms,
		int64_t wall_ms, struct err *e)
{
	int64_t began = mono_ms();
	int64_t looked = began;
	struct usage u = {
		.cpu = -1,
		.logged = g->logged,
	};

	take_frames(g, w);
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
