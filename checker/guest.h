/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest: a running guest and the agent in it, from the host's side.
 *
 * Speaks checker/guest/proto.h over the job port while it reads the console
 * into the raw log and a klog. Whatever the guest does, every call comes
 * back: a step is bounded by the agent in guest time, by us in CPU time of
 * QEMU (a loop with interrupts off stops the agent too), and by a wall
 * clock behind both. A guest that ended, in whatever way, is no error: the
 * calls return 0, steps say how they ended, and guest_end() says why.
 */
#ifndef CHECKER_GUEST_H
#define CHECKER_GUEST_H

#include "grade.h"
#include "qemu.h"

struct err;
struct guest;

struct guest_opts {
	struct qemu_opts qemu;
	const char *nonce;     /* KILN_NONCE_LEN hexadecimal digits */
	const void *entropy;   /* KILN_ENTROPY_LEN bytes */
	/*
	 * Called once: QEMU is there, and the agent has not its job yet. One
	 * that is resumed stands still. 0, or -1 with @e: there is no run.
	 */
	int (*ready)(void *arg, struct err *e);
	void *arg;
	uint64_t chaos;	       /* how to disturb the schedule; 0: not */
	int log_fd;	       /* the raw log is written here; -1: nowhere */
	uint64_t log_max;      /* bytes of log that a run may make */
	int cancel_fd;	       /* readable: give up; -1: none */
	double cpu_per_guest;  /* CPU seconds a guest second costs, at most */
	bool *qemu_ran;	       /* set when QEMU came up at all; NULL: not told */
};

/*
 * A guest whose QEMU is being started; nothing is waited for. @o is kept
 * and read until guest_free(). NULL with an ERR_ENV.
 */
struct guest *guest_new(const struct guest_opts *o, struct err *e);
void guest_free(struct guest *g);

/*
 * Boot or resume, and give the agent the job. The log in guest_log() starts
 * here, after the boot. -1 with an ERR_ENV, or ERR_CANCELLED.
 */
int guest_start(struct guest *g, struct err *e);

/*
 * Before guest_start(): what will be asked, in the order in which it will
 * be. It waits in memory for the agent, so that a run does not depend on when
 * the host gets round to things; with the same seed it goes the same way,
 * instruction by instruction. What the calls below ask for and was not laid
 * there goes over the job port instead.
 */
int guest_lay_file(struct guest *g, const char *path, unsigned mode,
		   const void *data, size_t len, struct err *e);
void guest_lay_step(struct guest *g, const struct plan_step *step, int index,
		    unsigned budget_ms);
void guest_lay_kunit(struct guest *g);
void guest_lay_finish(struct guest *g);
/* The guest is to end by itself; there is no answer to that. */
void guest_lay_reset(struct guest *g);

/* Has the agent taken all files that were laid for it? */
int guest_files(struct guest *g, struct err *e);

/*
 * Carry out step @index of a plan, within @budget_ms of guest time. After a
 * step that was overdue, or was killed and was not a mere program, the agent
 * does no further ones: they are STEP_NOT_RUN.
 */
int guest_step(struct guest *g, const struct plan_step *step, int index,
	       unsigned budget_ms, struct step_result *r, struct err *e);

/* Read KUnit's results out of debugfs. The caller frees each and *@out. */
int guest_kunit(struct guest *g, struct kunit_result **out, size_t *n,
		struct err *e);

/* Let the log run dry, and end the guest. */
int guest_finish(struct guest *g, struct err *e);

enum guest_end guest_end(const struct guest *g);
/* More came through the job port than was asked for: not from the agent. */
bool guest_surplus(const struct guest *g);
bool guest_alive(const struct guest *g);
struct klog *guest_log(struct guest *g); /* borrowed; finished at the end */

/* For the maker of snapshots: up to where the agent waits for its START. */
int guest_boot(struct guest *g, struct err *e);
struct qemu *guest_qemu(struct guest *g);
/* Burn @ms of guest time and give the CPU milliseconds that it cost. */
int guest_spin(struct guest *g, unsigned ms, int64_t *cpu_ms, struct err *e);

#endif
