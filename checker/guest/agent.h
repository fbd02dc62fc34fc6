/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * agent: PID 1 of the guest.
 *
 * Freestanding C on the kernel's nolibc, so that the initramfs holds one
 * file. It reads requests from the job port (proto.h), carries each out in
 * a forked child, so that an oops kills the child and not the guest, and
 * bounds it in guest time. agent.c speaks to the host; steps.c does the
 * plan's steps; probes.c reads what the kernel knows in debugfs.
 */
#ifndef KILN_GUEST_AGENT_H
#define KILN_GUEST_AGENT_H

#include "proto.h"

/* A request that names a plan step, taken apart. */
struct step {
	const struct frame_step *head;
	char path[256];	   /* NUL-terminated */
	const char *rest;  /* what follows the path */
	unsigned rest_len;
};

/* agent.c */
void send_data(const void *data, unsigned len);
void send_answer(enum answer_how how, int result, unsigned long long us);
void kmsg(const char *text);
unsigned long long now_us(void);
void mark_begin(int step);
void mark_end(int step, int result);
/* Read what is in @path into a static buffer; NULL if it cannot. */
const char *read_small(const char *path, unsigned *len);

/* steps.c: each ends by sending the answer. */
void step_do(unsigned type, const struct step *s);

/* probes.c: each sends FRAME_DATA, and no answer. */
void probe_leaks(void);
void probe_kunit(void);

#endif
