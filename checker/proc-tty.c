/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lending the terminal to a child: what a job-control shell does for a
 * foreground job. The child takes the foreground itself, before exec.
 */
#include "proc-int.h"

#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* From the background this takes SIGTTOU being blocked; see tty_begin(). */
static void take_back(struct tty *t)
{
	if (!t->given)
		return;
	tcsetpgrp(STDIN_FILENO, getpgrp());
	tcsetattr(STDIN_FILENO, TCSADRAIN, &t->saved);
}

/*
 * A group of 0 is one of another PID namespace (`unshare --pid` without a
 * session of its own): what is not named cannot be given back.
 */
bool tty_is_ours(pid_t group)
{
	return group > 0 && tcgetpgrp(STDIN_FILENO) == group;
}

void tty_begin(struct tty *t)
{
	sigset_t set;

	*t = (struct tty){.sigchld = -1};
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTTOU);
	sigprocmask(SIG_BLOCK, &set, &t->old_mask);
	t->is_tty = tcgetattr(STDIN_FILENO, &t->saved) == 0;
	t->given = t->is_tty && tty_is_ours(getpgrp());
	sigdelset(&set, SIGTTOU);
	t->sigchld = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/*
 * Stop as our parent shell would have us stop. Where nobody could wake us
 * again, an orphaned group, the kernel ignores SIGTSTP, and we go on at
 * once.
 */
static void stop_too(void)
{
	struct timespec pause = {.tv_nsec = 200000000};

	kill(0, SIGTSTP);
	/* Woken in the background: do not wake the child in a busy loop. */
	if (tcgetpgrp(STDIN_FILENO) != getpgrp())
		nanosleep(&pause, NULL);
}

void tty_child_changed(struct tty *t, pid_t child)
{
	struct signalfd_siginfo drop;
	struct termios theirs;
	siginfo_t si = {0};
	bool have;

	while (read(t->sigchld, &drop, sizeof(drop)) > 0)
		;
	if (waitid(P_PID, (id_t)child, &si, WSTOPPED | WNOHANG) < 0 ||
	    si.si_pid == 0)
		return;
	have = tcgetattr(STDIN_FILENO, &theirs) == 0;
	take_back(t);
	stop_too();
	if (tcgetpgrp(STDIN_FILENO) == getpgrp()) {
		/* We may have been woken by `fg` after a start by `&`. */
		t->given = true;
		if (have)
			tcsetattr(STDIN_FILENO, TCSADRAIN, &theirs);
		tcsetpgrp(STDIN_FILENO, child);
	}
	kill(-child, SIGCONT);
}

void tty_end(struct tty *t)
{
	take_back(t);
	if (t->sigchld >= 0)
		close(t->sigchld);
	sigprocmask(SIG_SETMASK, &t->old_mask, NULL);
}
