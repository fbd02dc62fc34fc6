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
#define WALL_FACTOR 20 /* wall clock against CPU bound: a busy host */
#define DYING_MS    3000 /* for the panic's text after an NMI */
#define DRAIN_MS    10000 /* for the end marker to reach the console */
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

static void lay_start(struct guest *g)
{
	struct frame_start s = {.chaos = g->o->chaos};

	memcpy(s.nonce, g->o->nonce, sizeof(s.nonce));
	memcpy(s.entropy, g->o->entropy, sizeof(s.entropy));
	guest_queue(g, FRAME_START, &(struct frame_part){&s, sizeof(s)}, 1);
}

struct guest *guest_new(const struct guest_opts *o, struct err *e)
{
	struct guest *g = calloc(1, sizeof(*g));
	struct qemu_opts qemu = o->qemu;

	if (!g) {
		err_set(e, ERR_ENV, ENOMEM, "cannot start a guest");
		return NULL;
	}
	g->o = o;
	g->alive = true;
	g->end = GUEST_FINISHED;
	g->in = (struct frames)FRAMES_INIT;
	g->out.max = 64u << 20;
	if (guest_inbox_open(g, e) == 0) {
		qemu.inbox_fd = g->inbox_fd;
		g->qemu = qemu_start(&qemu, e);
	}
	if (!g->qemu) {
		guest_free(g);
		return NULL;
	}
	g->laying = o->nonce;
	if (g->laying)
		lay_start(g);
	return g;
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
		return guest_disturb(g, e) < 0 ? -1 : qemu_load(g->qemu, e);
	ret = guest_await(g, &w, BOOT_CPU_MS, BOOT_MS, e);
	if (ret < 0)
		return -1;
	if (ret == 0 && w.hello)
		return 0;
	err_set(e, ERR_ENV, 0,
		g->alive ? "the guest does not come up"
			 : "the guest ended while it booted");
	return err_next(e, "`kiln doctor` looks at what guests need; `kiln "
			   "setup --anew` makes all of it again");
}

/* Only then is what was asked known to be understood. */
static int await_start(struct guest *g, struct err *e)
{
	struct wait w = {.answered = false};

	guest_queue(g, FRAME_START, NULL, 0);
	if (request(g, &w, 5000, e) < 0)
		return -1;
	if (g->alive && w.answered)
		return 0;
	err_set(e, ERR_ENV, 0, "the agent in the guest does not answer");
	return err_next(e, "check again with --cold; `kiln setup --clean` "
			   "makes the warm guests again");
}

int guest_files(struct guest *g, struct err *e)
{
	for (size_t i = 0; i < g->files.n; i++) {
		struct wait w = {.answered = false};

		guest_queue(g, FRAME_PUT, NULL, 0);
		if (request(g, &w, 5000, e) < 0)
			return -1;
		if (!g->alive)
			return 0;
		if (w.answer.result != 0)
			return err_set(e, ERR_ENV, -w.answer.result,
				       "the guest cannot take '%s'",
				       g->files.v[i]);
	}
	return 0;
}

int guest_start(struct guest *g, struct err *e)
{
	bool resumes = g->o->qemu.mode == QEMU_RESUME;

	g->log = klog_new(g->o->nonce, 0);
	if (!g->log)
		return err_set(e, ERR_ENV, ENOMEM,
			       "cannot read the guest's log");
	if (guest_boot(g, e) < 0 ||
	    (g->o->ready && g->o->ready(g->o->arg, e) < 0))
		return -1;
	/* One that is resumed stood still so far: it starts the same always. */
	if ((!resumes && guest_disturb(g, e) < 0) ||
	    guest_inbox_hand_over(g, e) < 0 ||
	    (resumes && qemu_go(g->qemu, e) < 0))
		return -1;
	return await_start(g, e);
}

void guest_free(struct guest *g)
{
	if (!g)
		return;
	qemu_kill(g->qemu);
	guest_inbox_close(g);
	klog_free(g->log);
	strv_release(&g->files);
	frames_release(&g->in);
	buf_release(&g->out);
	free(g);
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
	case ANSWER_SKIPPED:
		r->how = STEP_NOT_RUN;
		break;
	default:
		r->how = STEP_LOST;
		break;
	}
}

static void ask_step(struct guest *g, enum frame_type type,
		     const struct frame_step *head, const char *path,
		     const struct buf *rest)
{
	struct frame_step h = *head;
	struct frame_part parts[] = {
		{&h, sizeof(h)},
		{path, strlen(path)},
		{rest ? buf_str(rest) : NULL, rest ? rest->len : 0},
	};

	h.path_len = (uint32_t)strlen(path);
	guest_queue(g, type, parts, 3);
}

int guest_ask(struct guest *g, enum frame_type type,
	      const struct frame_step *head, const char *path,
	      const struct buf *rest, struct wait *w, unsigned guest_ms,
	      struct err *e)
{
	ask_step(g, type, head, path, rest);
	return request(g, w, guest_ms, e);
}

void guest_lay_step(struct guest *g, const struct plan_step *step, int index,
		    unsigned budget_ms)
{
	const char *target = step->target ? step->target : "";
	struct buf rest = BUF_INIT;
	char path[256];
	struct frame_step head = {.step = index, .budget_ms = budget_ms};
	bool ours = step->op == PLAN_INSMOD || step->op == PLAN_RUN;

	snprintf(path, sizeof(path), "%s%s",
		 ours && target[0] != '/' ? "/work/" : "", target);
	add_rest(&rest, step);
	ask_step(g, frame_of(step->op), &head, path, &rest);
	buf_release(&rest);
}

int guest_step(struct guest *g, const struct plan_step *step, int index,
	       unsigned budget_ms, struct step_result *r, struct err *e)
{
	struct wait w = {.data = &r->output};
	int ret;

	guest_lay_step(g, step, index, budget_ms);
	ret = request(g, &w, budget_ms, e);
	guest_settle(g, &w, r);
	return ret;
}

static void add_suite(void *arg, const char *data, size_t len)
{
	kunit_list_add(arg, data, len);
}

void guest_lay_kunit(struct guest *g)
{
	guest_queue(g, FRAME_KUNIT, NULL, 0);
}

int guest_kunit(struct guest *g, struct kunit_result **out, size_t *n,
		struct err *e)
{
	struct kunit_list list = {.n = 0};
	struct wait w = {.on_data = add_suite, .arg = &list};
	int ret;

	guest_lay_kunit(g);
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

void guest_lay_finish(struct guest *g)
{
	guest_queue(g, FRAME_END, NULL, 0);
}

void guest_lay_reset(struct guest *g)
{
	guest_queue(g, FRAME_RESET, NULL, 0);
}

int guest_finish(struct guest *g, struct err *e)
{
	struct wait answer = {.answered = false};
	struct wait drained = {.enough = saw_end};
	int ret = 0;

	if (g->alive) {
		guest_lay_finish(g);
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

	guest_queue(g, FRAME_SPIN, &(struct frame_part){&arg, sizeof(arg)}, 1);
	if (guest_await(g, &w, BOOT_CPU_MS, BOOT_MS, e) < 0)
		return -1;
	if (!w.answered)
		return err_set(e, ERR_ENV, 0, "the guest does not answer");
	*cpu_ms = qemu_cpu_ms(g->qemu) - began;
	return 0;
}
