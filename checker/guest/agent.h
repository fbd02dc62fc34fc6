/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * agent: PID 1 of the guest.
 *
 * Freestanding C on the kernel's nolibc, so that the initramfs holds one
 * file. It reads requests from the job port (proto.h), carries each out in
 * a forked child, so that an oops kills the child and not the guest, and
 * bounds it in guest time. agent.c speaks to the host; steps.c does the
 * plan's steps; unwind.c what those of many rounds need besides; inbox.c is
 * where most requests are found; ground.c sets things up; chaos.c disturbs the schedule; probes.c
 * reads what the kernel knows in debugfs; shell.c lets a person in.
 */
#ifndef KILN_GUEST_AGENT_H
#define KILN_GUEST_AGENT_H

#include "proto.h"

#include <stdbool.h>

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
void mark_round(int step, unsigned round);
/* Read what is in @path into a static buffer; NULL if it cannot. */
const char *read_small(const char *path, unsigned *len);

/* From the port, while a request is under way. */
int port_fd(void);
bool port_request(struct frame_head *h, const char **body);

/* shell.c: answers when the shell has ended. */
void shell_do(const char *p, unsigned len);

/* inbox.c: what the host had to say before we ran. */
bool inbox_open(void);
unsigned inbox_left(void); /* bytes to be read; 0: none, or not yet */
void inbox_read(char *p, unsigned len);

/* ground.c */
void ground_mount(void);
void ground_suites(void);
void ground_reseed(const unsigned char entropy[KILN_ENTROPY_LEN]);

/* chaos.c: disturb the schedule, as @seed says; 0: not at all. */
void chaos_start(unsigned long long seed);

/* steps.c: each ends by sending the answer. */
void step_do(unsigned type, const struct step *s);

/* unwind.c */

/* Does a request of these, and answers; false: it is none of them. */
bool unwind_do(unsigned type, const struct step *s);
/* In the child that is about to load the module. 0 or -errno. */
int unwind_arm(const struct step *s);
/* It was this child that loaded the module in this round. */
void unwind_loaded_by(unsigned round, int pid);
void unwind_leaks(void); /* sends FRAME_DATA */
/* Has the object of this trace been told of by unwind_leaks()? */
bool unwind_told(const char *trace);

/* probes.c: each sends FRAME_DATA, and no answer. */
void probe_leaks(void);
void probe_kunit(void);

/* Call @fn with each entry of @dir, and with each trace of what is live. */
void probe_entries(const char *dir, void (*fn)(const char *name));
void probe_traces(void (*fn)(const char *cache, char *trace));

#endif
