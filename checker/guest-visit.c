/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-visit.h"
#include "err.h"
#include "guest-int.h"
#include "klog.h"
#include "proc.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PENDING_MAX 4096 /* typed and not yet taken: then we read no more */
#define QUIET_MS    60 /* printk is a thread's work, and lags behind */
#define TAIL_MS	    1000 /* what is printed at the end, at most */
#define LOG_MAX	    ((uint64_t)8 << 20) /* read of the log; the rest is not */

/* What is looked at, by its place in the poll. */
enum source {
	SRC_KEYS,
	SRC_CANCEL,
	SRC_SIZE,
	SRC_CONSOLE,
	SRC_JOB,
	SRC_QEMU,
	SRC_PEER,
	SRC_PEER_END,
	SRC_N,
};

struct visit {
	struct guest *g;
	const struct visit_line *l;
	const struct visit_debugger *d; /* NULL: the console is the line */
	struct wait w;
	struct buf typed; /* for the console or the debugger */
	struct buf line; /* of the console, for the log, not complete yet */
	uint64_t read, shown;
	int64_t end_at;
	bool over;
	bool keys_gone;
	enum visit_end end;
};

static void finish(struct visit *v, enum visit_end end)
{
	if (!v->over)
		v->end = end;
	v->over = true;
}

/* ---- the log ---- */

/* "[    1.234567] ": where a line of the kernel's begins within @s. */
static const char *find_stamp(const char *s)
{
	for (; (s = strchr(s, '[')); s++) {
		const char *p = s + 1 + strspn(s + 1, " ");
		size_t n = strspn(p, "0123456789");

		if (n && p[n] == '.' && strspn(p + n + 1, "0123456789") == 6 &&
		    strncmp(p + n + 7, "] ", 2) == 0)
			return s;
	}
	return NULL;
}

/* What the kernel prints behind a prompt is a line of its own. */
static void feed_line(struct visit *v)
{
	const char *s = buf_str(&v->line);
	const char *stamp = find_stamp(s);

	if (stamp && stamp > s) {
		klog_feed(v->g->log, s, (size_t)(stamp - s));
		klog_feed(v->g->log, "\n", 1);
		s = stamp;
	}
	klog_feed(v->g->log, s, strlen(s));
	klog_feed(v->g->log, "\n", 1);
	/* Without ACPI that is all that poweroff can do. */
	if (stamp && strstr(stamp, "] reboot: ") &&
	    strstr(stamp, "System halted"))
		finish(v, VISIT_HALTED);
	buf_clear(&v->line);
}

static void feed(struct visit *v, const char *s, size_t len)
{
	v->read += len;
	if (v->read > LOG_MAX)
		return;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n' || v->line.len >= 4096)
			feed_line(v);
		if (s[i] != '\n' && s[i] != '\0')
			buf_addc(&v->line, s[i]);
	}
}

/* ---- from there to here ---- */

static void show(struct visit *v, const char *s, size_t len)
{
	uint64_t max = v->l->output_max;

	if (max && v->shown + len > max) {
		len = (size_t)(max - v->shown);
		finish(v, VISIT_FLOODED);
	}
	v->shown += len;
	if (len > 0)
		v->l->output(v->l->arg, s, len);
}

/* False: there is nothing now. */
static bool read_console(struct visit *v)
{
	char chunk[32768];
	ssize_t n = read(qemu_console_fd(v->g->qemu), chunk, sizeof(chunk));

	if (n <= 0)
		return false;
	feed(v, chunk, (size_t)n);
	if (!v->d)
		show(v, chunk, (size_t)n);
	return true;
}

static bool read_debugger(struct visit *v)
{
	char chunk[32768];
	ssize_t n = read(v->d->fd, chunk, sizeof(chunk));

	if (n <= 0)
		return false;
	show(v, chunk, (size_t)n);
	return true;
}

static void read_frames(struct visit *v)
{
	char chunk[65536];
	ssize_t n = read(qemu_job_fd(v->g->qemu), chunk, sizeof(chunk));
	struct frame_head h;
	const char *body;
	int got = 0;

	if (n <= 0)
		return;
	if (frames_feed(&v->g->in, chunk, (size_t)n) < 0)
		got = -1;
	while (got >= 0 && (got = frames_next(&v->g->in, &h, &body)) > 0)
		if (!v->d && h.type == FRAME_ANSWER && h.seq == v->g->seq &&
		    h.len == sizeof(v->w.answer)) {
			memcpy(&v->w.answer, body, sizeof(v->w.answer));
			v->w.answered = true;
			finish(v, VISIT_DONE);
		}
	if (got < 0)
		finish(v, VISIT_RESET);
}

/* ---- from here to there ---- */

static int line_fd(const struct visit *v)
{
	return v->d ? v->d->fd : qemu_keys_fd(v->g->qemu);
}

static void write_typed(struct visit *v)
{
	ssize_t n;

	if (v->typed.len == 0)
		return;
	n = write(line_fd(v), v->typed.data, v->typed.len);
	if (n <= 0)
		return;
	v->typed.len -= (size_t)n;
	memmove(v->typed.data, v->typed.data + n, v->typed.len);
}

static void read_keys(struct visit *v)
{
	char chunk[512];
	ssize_t n = read(v->l->keys_fd, chunk, sizeof(chunk));
	const char *leave;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		v->keys_gone = true;
		finish(v, VISIT_LEFT);
		return;
	}
	leave = v->l->leave < 0 ? NULL : memchr(chunk, v->l->leave, (size_t)n);
	if (leave) {
		n = leave - chunk;
		finish(v, VISIT_LEFT);
	}
	if (v->typed.len + (size_t)n <= PENDING_MAX * 2)
		buf_add(&v->typed, chunk, (size_t)n);
}

static struct frame_shell ask_size(const struct visit_line *l)
{
	struct frame_shell s = {.rows = 0};
	unsigned rows = 0, columns = 0;

	if (l->size)
		l->size(l->arg, &rows, &columns);
	s.rows = (uint16_t)rows;
	s.columns = (uint16_t)columns;
	return s;
}

static void send_size(struct visit *v)
{
	struct frame_shell s = ask_size(v->l);
	struct frame_head h = {
		.len = sizeof(s),
		.type = FRAME_RESIZE,
		.seq = v->g->seq,
	};
	struct winsize w = {.ws_row = s.rows, .ws_col = s.columns};

	if (v->d) {
		ioctl(v->d->fd, TIOCSWINSZ, &w);
		return;
	}
	buf_add(&v->g->out, &h, sizeof(h));
	buf_add(&v->g->out, &s, sizeof(s));
}

static void write_job(struct visit *v)
{
	struct buf *out = &v->g->out;
	ssize_t n;

	if (out->len == 0)
		return;
	n = write(qemu_job_fd(v->g->qemu), out->data, out->len);
	if (n <= 0)
		return;
	out->len -= (size_t)n;
	memmove(out->data, out->data + n, out->len);
}

/* ---- the loop ---- */

static void fill(const struct visit *v, struct pollfd p[SRC_N])
{
	bool full = v->typed.len >= PENDING_MAX;

	for (int i = 0; i < SRC_N; i++)
		p[i] = (struct pollfd){.fd = -1, .events = POLLIN};
	if (!full && !v->keys_gone)
		p[SRC_KEYS].fd = v->l->keys_fd;
	p[SRC_CANCEL].fd = v->g->o->cancel_fd;
	p[SRC_SIZE].fd = v->l->size_fd;
	p[SRC_CONSOLE].fd = qemu_console_fd(v->g->qemu);
	p[SRC_JOB].fd = qemu_job_fd(v->g->qemu);
	if (v->g->out.len)
		p[SRC_JOB].events |= POLLOUT;
	p[SRC_QEMU].fd = qemu_pidfd(v->g->qemu);
	if (v->d) {
		p[SRC_PEER].fd = v->d->fd;
		p[SRC_PEER_END].fd = v->d->pidfd;
		/* It says itself that its guest is gone. */
		p[SRC_QEMU].fd = -1;
	} else if (v->typed.len) {
		p[SRC_PEER].fd = line_fd(v);
		p[SRC_PEER].events = 0;
	}
	if (v->typed.len)
		p[SRC_PEER].events |= POLLOUT;
}

static int turn(struct visit *v, struct err *e)
{
	int64_t left = v->end_at ? v->end_at - mono_ms() : -1;
	struct pollfd p[SRC_N];

	fill(v, p);
	if (v->end_at && left <= 0) {
		finish(v, VISIT_LATE);
		return 0;
	}
	if (poll(p, SRC_N, (int)(left > 60000 ? 60000 : left)) < 0)
		return 0;
	if (p[SRC_CANCEL].revents)
		return err_set(e, ERR_CANCELLED, 0, "interrupted");
	if (p[SRC_SIZE].revents)
		send_size(v);
	if (p[SRC_CONSOLE].revents)
		read_console(v);
	if (p[SRC_KEYS].revents)
		read_keys(v);
	if (p[SRC_PEER].revents & POLLOUT)
		write_typed(v);
	if (v->d && p[SRC_PEER].revents & (POLLIN | POLLHUP))
		read_debugger(v);
	if (p[SRC_JOB].revents & POLLOUT)
		write_job(v);
	if (p[SRC_JOB].revents & (POLLIN | POLLHUP))
		read_frames(v);
	if (p[SRC_QEMU].revents)
		finish(v, VISIT_RESET);
	if (v->d && p[SRC_PEER_END].revents)
		finish(v, VISIT_DONE);
	return 0;
}

/* What was printed before the end and has not come yet. */
static void drain(struct visit *v)
{
	int64_t end = mono_ms() + TAIL_MS;
	struct pollfd p = {.fd = qemu_console_fd(v->g->qemu), .events = POLLIN};

	while (v->d && read_debugger(v))
		;
	if (v->end == VISIT_LEFT || v->end == VISIT_FLOODED)
		return;
	while (mono_ms() < end && poll(&p, 1, QUIET_MS) > 0 &&
	       read_console(v) && v->end != VISIT_FLOODED)
		;
}

static int run(struct visit *v, enum visit_end *end, struct err *e)
{
	int ret = 0;

	if (v->l->wall_ms)
		v->end_at = mono_ms() + v->l->wall_ms;
	while (ret == 0 && !v->over)
		ret = turn(v, e);
	if (ret == 0)
		drain(v);
	if (v->line.len)
		feed_line(v);
	klog_finish(v->g->log);
	*end = v->end;
	buf_release(&v->typed);
	buf_release(&v->line);
	return ret;
}

void guest_lay_shell(struct guest *g, const struct visit_line *l, bool script)
{
	struct frame_shell s = ask_size(l);
	const char *term = l->term ? l->term : "";
	struct frame_part parts[] = {{&s, sizeof(s)}, {term, strlen(term)}};

	s.script = script;
	guest_queue(g, FRAME_SHELL, parts, 2);
}

int guest_visit(struct guest *g, const struct visit_line *l,
		enum visit_end *end, int *status, struct err *e)
{
	struct visit v = {.g = g, .l = l};
	int ret;

	guest_queue(g, FRAME_SHELL, NULL, 0);
	ret = run(&v, end, e);
	*status = v.w.answered ? v.w.answer.result : -1;
	return ret;
}

int guest_debug(struct guest *g, const struct visit_line *l,
		const struct visit_debugger *d, enum visit_end *end,
		struct err *e)
{
	struct visit v = {.g = g, .l = l, .d = d};

	send_size(&v);
	return run(&v, end, e);
}
