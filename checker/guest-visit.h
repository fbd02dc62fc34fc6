/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest-visit: a person and a guest, byte by byte.
 *
 * Carries what is typed to the guest's console, or to a debugger that looks
 * into the guest, and what that prints back; reads the kernel log beside it;
 * and comes back when it is over, for whatever reason. Knows descriptors,
 * and nothing of terminals.
 */
#ifndef CHECKER_GUEST_VISIT_H
#define CHECKER_GUEST_VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct guest;

struct visit_line {
	int keys_fd; /* what is typed is read from here; -1: nothing is */
	int leave; /* the byte that ends it, or -1: it is one like others */
	int size_fd; /* readable: ask .size again; -1: never */
	const char *term; /* TERM, or NULL */
	void *arg;
	void (*output)(void *arg, const char *data, size_t len);
	void (*size)(void *arg, unsigned *rows, unsigned *columns);
	int64_t wall_ms; /* at most so long; 0: as it pleases */
	uint64_t output_max; /* bytes of output; 0: likewise */
};

enum visit_end {
	VISIT_LEFT, /* .leave was typed, or nobody is there any more */
	VISIT_DONE, /* the shell or the debugger ended */
	VISIT_RESET, /* the guest is gone: a panic, a reboot */
	VISIT_HALTED, /* its CPUs are, for good */
	VISIT_LATE, /* .wall_ms are over */
	VISIT_FLOODED, /* .output_max is reached */
};

/* Before guest_start(): a shell, or with @script the commands laid for it. */
void guest_lay_shell(struct guest *g, const struct visit_line *l, bool script);

/*
 * Until the shell has ended. *@status: its exit status. The log is in
 * guest_log(), finished. -1: ERR_CANCELLED, or an error of ours.
 */
int guest_visit(struct guest *g, const struct visit_line *l,
		enum visit_end *end, int *status, struct err *e);

/* A debugger beside the guest: its terminal, and readable when it ended. */
struct visit_debugger {
	int fd; /* both ways, not blocking */
	int pidfd;
};

/* Until the debugger has ended. */
int guest_debug(struct guest *g, const struct visit_line *l,
		const struct visit_debugger *d, enum visit_end *end,
		struct err *e);

#endif
