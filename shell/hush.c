/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hush.h"
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <termios.h>
#include <unistd.h>

static struct termios was;
static struct sigaction tstp;
static bool on;

static void echo_off(void)
{
	struct termios quiet = was;

	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet);
}

/* Whoever is in front now sets the terminal, and we only if that is us. */
static bool in_front(void)
{
	return tcgetpgrp(STDIN_FILENO) == getpgrp();
}

/* Ctrl-Z: stop as without us, between two settings of the terminal. */
static void stopped(int sig)
{
	struct sigaction dfl = {.sa_handler = SIG_DFL}, own;
	int error = errno;
	sigset_t set, mask;

	tcsetattr(STDIN_FILENO, TCSADRAIN, &was);
	sigaction(SIGTSTP, &dfl, &own);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &set, &mask);
	/* It is here that we stand until there is a SIGCONT. */
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGTSTP, &own, NULL);
	if (in_front())
		echo_off();
	errno = error;
}

void hush_begin(const struct session *s)
{
	struct sigaction sa = {.sa_handler = stopped, .sa_flags = SA_RESTART};

	if (on || !s->interactive || !s->term.keys || !in_front() ||
	    tcgetattr(STDIN_FILENO, &was) < 0)
		return;
	sigaction(SIGTSTP, &sa, &tstp);
	echo_off();
	on = true;
}

void hush_forget(void)
{
	if (on && in_front())
		tcflush(STDIN_FILENO, TCIFLUSH);
}

void hush_end(void)
{
	if (!on)
		return;
	on = false;
	sigaction(SIGTSTP, &tstp, NULL);
	if (in_front())
		tcsetattr(STDIN_FILENO, TCSADRAIN, &was);
}
