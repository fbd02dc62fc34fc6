/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch: check a lesson whenever one of its files is saved.
 *
 * The work of `watch` without its screen and keys: files are watched
 * (filewatch.h), each check runs in a process of its own (runner.h), a save
 * during a check stops it and begins anew, and a check that comes to its end
 * is an attempt like any other. The lesson is read anew for each check, for
 * its author may be at work on it. Nothing here blocks: the caller polls the
 * descriptors, and calls watch_step().
 */
#ifndef SHELL_WATCH_H
#define SHELL_WATCH_H

#include <poll.h>
#include <stdbool.h>

struct check_watch;
struct checking;
struct err;
struct session;
struct strv;
struct watch;

/* What happens, in the order in which it does. All must be there. */
struct watch_events {
	void *arg;
	/* Something may be written to the terminal that is not ours. */
	void (*yields)(void *arg);
	/* A check begins: @saved are the files, or NULL: it was asked for. */
	void (*begins)(void *arg, const struct checking *c,
		       const struct strv *saved);
	const struct check_watch *stages;
	/* It is being stopped, for there is a newer save. */
	void (*stops)(void *arg);
	/* It came to its end, and was recorded. */
	void (*ends)(void *arg, struct checking *c);
	/* There could be none, or it had no verdict. */
	void (*fails)(void *arg, const struct err *e);
	/* A given file was saved: checks take the lesson's own. */
	void (*given)(void *arg, const char *name);
};

enum { WATCH_NFDS = 2 };

/*
 * Watch lesson @name (NULL: the one at work). The first check begins with
 * the first step. NULL: there is no such lesson, or nothing to check yet.
 * @poll: as in filewatch_new(). @ev is borrowed.
 */
struct watch *watch_new(struct session *s, const char *name, bool poll,
			const struct watch_events *ev, struct err *e);
/* A check that runs is stopped. */
void watch_free(struct watch *w);

/* What to wait for, and how long at most, in ms. */
void watch_fds(const struct watch *w, struct pollfd fds[WATCH_NFDS]);
int watch_wait(const struct watch *w);
void watch_step(struct watch *w);

/* Begin a check, or begin the one that runs anew. */
void watch_check(struct watch *w);
bool watch_is_running(const struct watch *w);

/* The last check that came to its end, or NULL. */
struct checking *watch_last(const struct watch *w);
/* Its id, "1.2"; and what filewatch_polls() says. */
const char *watch_lesson(const struct watch *w);
const char *watch_polls(const struct watch *w);

#endif
