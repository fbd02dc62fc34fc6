/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * farm: many runs of Kiln itself, a few at a time.
 *
 * Every run is a process of its own, so that one that crashes takes no other
 * with it, and nothing in a check has to share. What it prints comes back
 * whole. Nothing here knows what the runs are for, and nothing is shown.
 */
#ifndef SHELL_FARM_H
#define SHELL_FARM_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct strv;

#define FARM_MAX_JOBS 64
/* Memory that is to be free for each run: a guest, or two compilers. */
#define FARM_JOB_MIB 700

struct farm {
	void *arg;
	/*
	 * The words after the program's name of what is to be run next, and
	 * a number to know it by. 1: here it is; 0: nothing that could be
	 * started now (asked again when a run has ended); -1: stop, see @e.
	 */
	int (*next)(void *arg, size_t *job, struct strv *argv, struct err *e);
	/*
	 * Run @job has ended: @status as wait(2) has it, @out what it
	 * printed on stdout and stderr. 0, or -1: stop, see @e.
	 */
	int (*done)(void *arg, size_t job, int status, const struct buf *out,
		    struct err *e);
	unsigned jobs; /* most at a time, 1 to FARM_MAX_JOBS */
	int64_t timeout_ms; /* of one run; 0: FARM_TIMEOUT_MS */
	int cancel_fd; /* readable: end them all; -1: none */
	const char *program; /* NULL: this one */
};

#define FARM_TIMEOUT_MS ((int64_t)20 * 60 * 1000)

/*
 * Run until .next has nothing more and nothing runs. -1: stopped, with all
 * runs ended; interrupted is ERR_CANCELLED.
 */
int farm_run(const struct farm *f, struct err *e);

/* As many at a time as cores and free memory allow, 1 at least. */
unsigned farm_default_jobs(void);

#endif
