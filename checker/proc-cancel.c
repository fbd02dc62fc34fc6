/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The signals that ask us to stop, as a descriptor. While they are blocked
 * they stay pending, which keeps the signalfd readable and lets
 * sigpending() name them; only cancel_end() takes them.
 */
#include "proc.h"
#include "err.h"

#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* In the order in which they count: leaving before interrupting. */
static const int cancel_sigs[] = {SIGHUP, SIGTERM, SIGINT};
#define NSIGS (sizeof(cancel_sigs) / sizeof(cancel_sigs[0]))

static struct {
	bool active;
	int fd;
	sigset_t set;
	sigset_t old_mask;
} cancel = {.fd = -1};

int cancel_begin(struct err *e)
{
	struct sigaction sa;

	if (cancel.active)
		BUG("cancel_begin() inside cancel_begin()");
	sigemptyset(&cancel.set);
	for (size_t i = 0; i < NSIGS; i++)
		if (sigaction(cancel_sigs[i], NULL, &sa) == 0 &&
		    sa.sa_handler != SIG_IGN)
			sigaddset(&cancel.set, cancel_sigs[i]);
	cancel.fd = signalfd(-1, &cancel.set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (cancel.fd < 0)
		return err_set(e, ERR_ENV, errno,
			       "cannot make a signal descriptor");
	sigprocmask(SIG_BLOCK, &cancel.set, &cancel.old_mask);
	cancel.active = true;
	return cancel.fd;
}

int cancel_signal(void)
{
	sigset_t pending;

	if (!cancel.active || sigpending(&pending) < 0)
		return 0;
	for (size_t i = 0; i < NSIGS; i++)
		if (sigismember(&pending, cancel_sigs[i]) == 1 &&
		    sigismember(&cancel.set, cancel_sigs[i]) == 1)
			return cancel_sigs[i];
	return 0;
}

int cancel_end(void)
{
	struct signalfd_siginfo drop;
	int sig;

	if (!cancel.active)
		BUG("cancel_end() without cancel_begin()");
	sig = cancel_signal();
	while (read(cancel.fd, &drop, sizeof(drop)) > 0)
		;
	close(cancel.fd);
	cancel.fd = -1;
	cancel.active = false;
	sigprocmask(SIG_SETMASK, &cancel.old_mask, NULL);
	return sig;
}
