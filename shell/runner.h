/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * runner: a check in a process of its own, so that keys are answered while
 * it runs.
 *
 * The process is a fork of this one. It tells over a pipe what check_run()
 * tells, and in the end the verdict or the error. It is stopped by closing
 * another pipe, which our death does as well, so that it never runs on alone.
 */
#ifndef SHELL_RUNNER_H
#define SHELL_RUNNER_H

struct check_request;
struct check_watch;
struct err;
struct runner;
struct verdict;

enum runner_state {
	RUNNER_GOES_ON,
	RUNNER_DONE, /* there is a verdict */
	RUNNER_FAILED, /* there is an error; ERR_CANCELLED after a cancel */
};

/* .cancel_fd, .watch and .record of @req are not looked at. */
struct runner *runner_start(const struct check_request *req, struct err *e);

/* Readable when runner_pump() has something to do. */
int runner_fd(const struct runner *r);

/*
 * Take in what has come, without waiting; @w (or NULL) is called as by
 * check_run(). @v is filled with RUNNER_DONE, @e with RUNNER_FAILED; after
 * either nothing more comes.
 */
enum runner_state runner_pump(struct runner *r, const struct check_watch *w,
			      struct verdict *v, struct err *e);

/* Ask it to stop: it clears up, which takes a moment, and RUNNER_FAILED. */
void runner_cancel(struct runner *r);

/* Waits a second for one that was asked to stop; what still runs is ended. */
void runner_free(struct runner *r);

#endif
