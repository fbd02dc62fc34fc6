/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * warm: guests that were booted once and saved, one for each machine line.
 *
 * A snapshot is a folder, cache/guest-KEY/: agent, initrd, ram, state and
 * .complete. KEY is made of the kernel, the toolroot (QEMU), the agent's
 * source and the machine, so a change of any makes another. .complete says
 * what the files must look like; one that does not is made again. A lock
 * file beside the folder is held shared by who resumes it, and exclusively
 * by who makes or removes it.
 *
 * There are at most 8 of them, and at most 2 GB: those that were not in use
 * for longest go when another is made.
 */
#ifndef CHECKER_WARM_H
#define CHECKER_WARM_H

#include "spec.h"

struct err;
struct store;

struct warm {
	char *dir;
	int lock_fd;
	double cpu_per_guest; /* CPU seconds a busy guest second costs here */
};

#define WARM_INIT {.lock_fd = -1}

struct warm_watch {
	void *arg;
	/* What is being done, when it takes long. May be NULL. */
	void (*detail)(void *arg, const char *what);
	int cancel_fd; /* -1: none */
};

/* Find it, or make it, and hold it. */
int warm_open(struct warm *w, const struct store *s, const struct machine *m,
	      const struct warm_watch *watch, struct err *e);
/* The same, if it is there and need not be waited for. */
bool warm_try(struct warm *w, const struct store *s, const struct machine *m);
void warm_close(struct warm *w);

/* It would not resume: throw it away, so that the next open makes it anew. */
void warm_discard(struct warm *w);

/* Is it there? For `doctor` and `setup`; makes nothing. */
bool warm_exists(const struct store *s, const struct machine *m);

/* The first warm guest, as `kiln setup` makes it. */
int warm_prepare(const struct store *s, const struct machine *m,
		 int cancel_fd, void (*progress)(void *arg, const char *what),
		 void *arg, struct err *e);

/* Remove all snapshots that nobody holds. */
int warm_clean(const struct store *s, struct err *e);

#endif
