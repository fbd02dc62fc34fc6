/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of guest share; for them alone. guest-wait.c moves bytes
 * and keeps time, guest.c asks for things and makes sense of the answers.
 */
#ifndef CHECKER_GUEST_INT_H
#define CHECKER_GUEST_INT_H

#include "frames.h"
#include "guest.h"
#include "guest/proto.h"

struct guest {
	struct qemu *qemu;
	struct klog *log;
	const struct guest_opts *o;
	uint64_t logged;      /* bytes of log since START */
	enum guest_end end;
	bool alive;	      /* QEMU runs and the agent may answer */
	bool started;	      /* START was sent: what comes is the log */
	uint64_t log_more;    /* bytes of log beyond what the run may make */
	off_t console_at;     /* read of the console's file up to here */
	uint16_t seq;	      /* of the last request */
	uint16_t answered;    /* the last request that was answered */
	bool surplus;	      /* frames came that answer no request */
	struct frames in;     /* from the job port */
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

/* It is over with it, for this reason; the first reason holds. */
void guest_lose(struct guest *g, enum guest_end why);

/* CPU seconds that a busy guest second costs, at most. */
double guest_cpu_rate(const struct guest *g);

/*
 * Wait until @w is satisfied, or the bounds are crossed: 1 then, 0 when it
 * is, -1 on an error. A CPU bound of 0 is none.
 */
int guest_await(struct guest *g, struct wait *w, int64_t cpu_ms,
		int64_t wall_ms, struct err *e);

/*
 * Ask for something about one step and wait, as long as @guest_ms of guest
 * time may take; a guest that gives no answer is overdue.
 */
int guest_ask(struct guest *g, enum frame_type type,
	      const struct frame_step *head, const char *path,
	      const struct buf *rest, struct wait *w, unsigned guest_ms,
	      struct err *e);

/* What @w says of a step. */
void guest_settle(const struct guest *g, const struct wait *w,
		  struct step_result *r);

#endif
