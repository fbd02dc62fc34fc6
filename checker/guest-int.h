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
	uint16_t seq;	      /* of the request whose answer is awaited */
	uint16_t answered;    /* the last request that was answered */
	bool surplus;	      /* frames came that answer no request */
	uint16_t laid;	      /* of the last one that was asked */
	int inbox_fd;	      /* the memory that the guest shares, */
	char *inbox;	      /* and where we see it */
	uint64_t inbox_len;   /* of the frames in it */
	bool inbox_full;
	bool laying;	      /* requests go there, for a guest to start */
	struct strv files;    /* laid there, a path for each request */
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

/* guest-inbox.c */

struct frame_part {
	const void *data;
	size_t len;
};

int guest_inbox_open(struct guest *g, struct err *e);
void guest_inbox_close(struct guest *g);
/*
 * Ask for something. Before the guest has started it is laid into the inbox;
 * later what was laid there is not asked again, and the rest is sent over
 * the port. Its answer is what the next guest_await() waits for.
 */
void guest_queue(struct guest *g, enum frame_type type,
		 const struct frame_part *parts, size_t nparts);
/* The agent may look; from here on the guest counts as started. */
int guest_inbox_hand_over(struct guest *g, struct err *e);

/* guest-chaos.c: cut the CPUs' time into slices, as .chaos says. */
int guest_disturb(struct guest *g, struct err *e);

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
