/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keyboard.h"
#include "checker/err.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE = 27 };

/* Where in a key of several bytes we are. */
enum inside {
	OUTSIDE,
	AFTER_ESCAPE,
	IN_SEQUENCE,
};

struct keyboard {
	bool keys;
	bool taken;
	struct termios was;
	int signals;
	sigset_t set, mask;
	enum inside inside;
};

static void go_raw(struct keyboard *k)
{
	struct termios raw = k->was;

	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

void keyboard_take(struct keyboard *k)
{
	if (k->taken)
		return;
	k->taken = true;
	sigprocmask(SIG_BLOCK, &k->set, &k->mask);
	if (k->keys && tcgetattr(STDIN_FILENO, &k->was) == 0)
		go_raw(k);
}

void keyboard_release(struct keyboard *k)
{
	struct signalfd_siginfo drop;

	if (!k->taken)
		return;
	k->taken = false;
	if (k->keys)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &k->was);
	while (read(k->signals, &drop, sizeof(drop)) > 0)
		;
	sigprocmask(SIG_SETMASK, &k->mask, NULL);
}

struct keyboard *keyboard_new(bool keys, struct err *e)
{
	struct keyboard *k = calloc(1, sizeof(*k));

	if (!k) {
		err_set(e, ERR_ENV, ENOMEM, "cannot read keys");
		return NULL;
	}
	k->keys = keys;
	sigemptyset(&k->set);
	sigaddset(&k->set, SIGWINCH);
	if (keys) {
		sigaddset(&k->set, SIGTSTP);
		sigaddset(&k->set, SIGCONT);
	}
	k->signals = signalfd(-1, &k->set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (k->signals < 0) {
		err_set(e, ERR_ENV, errno, "cannot make a signal descriptor");
		free(k);
		return NULL;
	}
	keyboard_take(k);
	return k;
}

void keyboard_free(struct keyboard *k)
{
	if (!k)
		return;
	keyboard_release(k);
	close(k->signals);
	free(k);
}

void keyboard_suspend(struct keyboard *k)
{
	struct sigaction was, dfl = {.sa_handler = SIG_DFL};

	keyboard_release(k);
	sigaction(SIGTSTP, &dfl, &was);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &was, NULL);
	keyboard_take(k);
}

int keyboard_fd(const struct keyboard *k)
{
	return k->keys ? STDIN_FILENO : -1;
}

int keyboard_signal_fd(const struct keyboard *k)
{
	return k->signals;
}

/* Is @c a key by itself? "\033[A" and "\033OP" are one, and none of ours. */
static bool is_key(struct keyboard *k, unsigned char c)
{
	switch (k->inside) {
	case AFTER_ESCAPE:
		k->inside = c == '[' || c == 'O' ? IN_SEQUENCE : OUTSIDE;
		return false;
	case IN_SEQUENCE:
		if (c >= '@' && c <= '~')
			k->inside = OUTSIDE;
		return false;
	case OUTSIDE:
		break;
	}
	if (c == ESCAPE)
		k->inside = AFTER_ESCAPE;
	return c != ESCAPE && c < 0x80;
}

size_t keyboard_read(struct keyboard *k, unsigned char room[KEYBOARD_MOST])
{
	unsigned char got[KEYBOARD_MOST];
	ssize_t n = read(STDIN_FILENO, got, sizeof(got));
	size_t keys = 0;

	if (n < 0 && errno == EINTR)
		return 0;
	if (n <= 0) {
		room[0] = KEY_END;
		return 1;
	}
	for (ssize_t i = 0; i < n; i++)
		if (is_key(k, got[i]))
			room[keys++] = got[i];
	/* Escape by itself: what comes with a key of several is here by now. */
	if (k->inside == AFTER_ESCAPE)
		k->inside = OUTSIDE;
	return keys;
}

enum keyboard_event keyboard_signal(struct keyboard *k)
{
	struct signalfd_siginfo si;

	if (read(k->signals, &si, sizeof(si)) != (ssize_t)sizeof(si))
		return KEYBOARD_NOTHING;
	if (si.ssi_signo == SIGWINCH)
		return KEYBOARD_RESIZED;
	if (si.ssi_signo == SIGTSTP)
		return KEYBOARD_STOPPED;
	go_raw(k);
	return KEYBOARD_RESUMED;
}
