/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "page-key.h"
#include "checker/buf.h"
#include "term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum {
	CTRL_C = 3,
	CTRL_D = 4,
	CTRL_U = 21,
	ESC = 27,
	DEL = 127,
	ESC_MS = 50, /* within which the rest of a key's sequence comes */
};

static void nothing(int sig)
{
	/* Only to end the wait. */
}

/* A byte from the keyboard; 0: interrupted, by a new size say; -1: none. */
static int read_byte(int timeout_ms)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	struct timespec ts = {.tv_nsec = timeout_ms * 1000000L};
	struct sigaction was, sa = {.sa_handler = nothing};
	sigset_t winch, mask, open;
	unsigned char c;
	int r;

	/* Blocked but while waiting, so that none can be missed. */
	sigemptyset(&winch);
	sigaddset(&winch, SIGWINCH);
	sigprocmask(SIG_BLOCK, &winch, &mask);
	sigaction(SIGWINCH, &sa, &was);
	open = mask;
	sigdelset(&open, SIGWINCH);
	r = ppoll(&p, 1, timeout_ms < 0 ? NULL : &ts, &open);
	sigaction(SIGWINCH, &was, NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (r < 0)
		return errno == EINTR ? 0 : -1;
	if (r == 0)
		return -1;
	return read(STDIN_FILENO, &c, 1) == 1 ? c : -1;
}

/* Ctrl-C comes as a key: nothing is killed here. */
static bool raw_begin(struct termios *was)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, was) < 0)
		return false;
	raw = *was;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
	return true;
}

static void raw_end(const struct termios *was)
{
	tcsetattr(STDIN_FILENO, TCSADRAIN, was);
}

/* What follows an ESC: arrows and their like; a bare one means nothing. */
static enum page_key read_sequence(void)
{
	int c = read_byte(ESC_MS);

	if (c != '[' && c != 'O')
		return PAGE_NOTHING;
	c = read_byte(ESC_MS);
	switch (c) {
	case 'A':
		return PAGE_UP;
	case 'B':
		return PAGE_DOWN;
	case 'H':
		return PAGE_FIRST;
	case 'F':
		return PAGE_LAST;
	case '5':
	case '6':
		read_byte(ESC_MS); /* its '~' */
		return c == '5' ? PAGE_BACK : PAGE_MORE;
	default:
		return PAGE_NOTHING;
	}
}

static enum page_key key_of(int c)
{
	switch (c) {
	case ' ':
	case 'f':
		return PAGE_MORE;
	case '\r':
	case '\n':
		return PAGE_LINE;
	case 'j':
		return PAGE_DOWN;
	case 'b':
		return PAGE_BACK;
	case 'k':
		return PAGE_UP;
	case 'g':
		return PAGE_FIRST;
	case 'G':
		return PAGE_LAST;
	case '/':
		return PAGE_FIND;
	case 'n':
		return PAGE_AGAIN;
	case '?':
	case 'h':
		return PAGE_HELP;
	case 'q':
	case 'Q':
	case CTRL_C:
	case CTRL_D:
	case -1:
		return PAGE_QUIT;
	case ESC:
		return read_sequence();
	default:
		return PAGE_NOTHING;
	}
}

enum page_key page_key_read(void)
{
	struct termios was;
	enum page_key key;

	if (!raw_begin(&was))
		return PAGE_QUIT;
	key = key_of(read_byte(-1));
	raw_end(&was);
	return key;
}

/* Take the last character, however many bytes it has. */
static void shorten(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && ((unsigned char)s[n - 1] & 0xc0) == 0x80)
		n--;
	s[n ? n - 1 : 0] = '\0';
}

bool page_key_text(const struct term *t, char *out, size_t size)
{
	struct termios was;
	bool done = false;
	size_t n;
	int c;

	if (!raw_begin(&was))
		return false;
	out[0] = '\0';
	do {
		term_say(t, "\r\033[K/%s", out);
		fflush(t->out);
		c = read_byte(-1);
		n = strlen(out);
		done = c == '\r' || c == '\n';
		if (c == DEL || c == '\b')
			shorten(out);
		else if (c == CTRL_U)
			out[0] = '\0';
		else if (c >= ' ' && n + 1 < size)
			memcpy(out + n, (char[]){(char)c, '\0'}, 2);
		/* A backspace on nothing leaves, as in vi and less. */
	} while (!done && c != ESC && c != CTRL_C && c != CTRL_D && c != -1 &&
		 (n || (c != DEL && c != '\b')));
	raw_end(&was);
	term_say(t, "\r\033[K");
	return done;
}

bool page_key_yes(const struct term *t, const char *question)
{
	struct termios was;
	int c;

	term_para(t, 0, question);
	fflush(t->out);
	if (!raw_begin(&was))
		return false;
	do
		c = read_byte(-1);
	while (c == 0);
	/* Of a key that is several bytes none is a command's. */
	if (c == ESC)
		read_sequence();
	raw_end(&was);
	return c == 'y' || c == 'Y';
}

void page_key_plain(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;

	for (; s < end; s++) {
		if (*s != '\033') {
			buf_addc(out, *s);
			continue;
		}
		while (s < end && *s != 'm')
			s++;
	}
}
