/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-int.h"
#include "err.h"
#include "klog.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOOT_CPU_MS 240000 /* a cold boot takes 10 s on an idle machine */
#define BOOT_MS	    600000
#define WALL_FACTOR 20	   /* wall clock against CPU bound: a busy host */
#define DYING_MS    3000   /* for the panic's text after an NMI */
#define DRAIN_MS    2000   /* for the end marker to reach the console */
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
	    guest_await(g, &none, 0, DYING_MS, e) < 0)
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
	return (int64_t)(guest_ms * guest_cpu_rate(g) * 2.5) + 500;
}

/*
 * Send what is queued and wait for its answer; a guest that gives none is
 * overdue.
 */
static int request(struct guest *g, struct wait *w, unsigned guest_ms,
		   struct err *e)
{
	int64_t cpu_ms = cpu_bound(g, guest_ms);
	int ret = guest_await(g, w, cpu_ms, cpu_ms * WALL_FACTOR, e);

	if (ret < 0)
		return -1;
	return ret == 0 ? 0 : interrupt(g, e);
}

struct guest *guest_new(const struct guest_opts *o, struct err *e)
{
	struct guest *g = calloc(1, sizeof(*g));

	if (!g) {
		err_set(e, ERR_ENV, ENOMEM, "cannot start a guest");
		return NULL;
	}
	g->o = o;
	g->alive = true;
	g->end = GUEST_FINISHED;
	g->in = (struct frames)FRAMES_INIT;
	g->out.max = 64u << 20;
	g->qemu = qemu_start(&o->qemu, e);
	if (g->qemu)
		return g;
	free(g);
	return NULL;
}

int guest_boot(struct guest *g, struct err *e)
{
	struct wait w = {.hello = false};
	int ret;

	if (qemu_connect(g->qemu, e) < 0)
		return -1;
	if (g->o->qemu_ran)
		*g->o->qemu_ran = true;
	if (g->o->qemu.mode == QEMU_RESUME)
		return qemu_resume(g->qemu, e);
	ret = guest_await(g, &w, BOOT_CPU_MS, BOOT_MS, e);
	if (ret < 0)
		return -1;
	if (ret == 0 && w.hello)
		return 0;
	err_set(e, ERR_ENV, 0, g->alive ? "the guest does not come up"
					: "the guest ended while it booted");
	return err_next(e, "`kiln doctor` looks at what guests need; `kiln "
			   "setup --anew` makes all of it again");
}

int guest_start(struct guest *g, struct err *e)
{
	struct wait w = {.answered = false};
	struct frame_start s;

	if (guest_boot(g, e) < 0)
		return -1;
	g->log = klog_new(g->o->nonce, 0);
	if (!g->log)
		return err_set(e, ERR_ENV, ENOMEM,
			       "cannot read the guest's log");
	memcpy(s.nonce, g->o->nonce, sizeof(s.nonce));
	memcpy(s.entropy, g->o->entropy, sizeof(s.entropy));
	g->started = true;
	queue(g, FRAME_START, &s, sizeof(s), NULL, 0, NULL, 0);
	if (request(g, &w, 5000, e) < 0)
		return -1;
	if (g->alive && w.answered)
		return 0;
	err_set(e, ERR_ENV, 0, "the agent in the guest does not answer");
	return err_next(e, "check again with --cold; `kiln setup --clean` "
			   "makes the warm guests again");
}

void guest_free(struct guest *g)
{
	if (!g)
		return;
	qemu_kill(g->qemu);
	klog_free(g->log);
	frames_release(&g->in);
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
	case PLAN_SOAK:
	case PLAN_FAILSLAB:
		break; /* guest-unwind.c */
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

void guest_settle(const struct guest *g, const struct wait *w,
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

int guest_ask(struct guest *g, enum frame_type type,
	      const struct frame_step *head, const char *path,
	      const struct buf *rest, struct wait *w, unsigned guest_ms,
	      struct err *e)
{
	struct frame_step h = *head;

	h.path_len = (uint32_t)strlen(path);
	queue(g, type, &h, sizeof(h), path, h.path_len,
	      rest ? buf_str(rest) : NULL, rest ? rest->len : 0);
	return request(g, w, guest_ms, e);
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
	add_rest(&rest, step);
	ret = guest_ask(g, frame_of(step->op), &head, path, &rest, &w,
			budget_ms, e);
	buf_release(&rest);
	guest_settle(g, &w, r);
	return ret;
}

static void add_suite(void *arg, const char *data, size_t len)
{
	kunit_list_add(arg, data, len);
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
		ret = guest_await(g, &drained, 0, DRAIN_MS, e);
	if (ret > 0)
		guest_lose(g, GUEST_LOST);
	klog_finish(g->log);
	return ret < 0 ? -1 : 0;
}

enum guest_end guest_end(const struct guest *g)
{
	return g->end;
}

bool guest_surplus(const struct guest *g)
{
	return g->surplus;
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
	if (guest_await(g, &w, BOOT_CPU_MS, BOOT_MS, e) < 0)
		return -1;
	if (!w.answered)
		return err_set(e, ERR_ENV, 0, "the guest does not answer");
	*cpu_ms = qemu_cpu_ms(g->qemu) - began;
	return 0;
}
