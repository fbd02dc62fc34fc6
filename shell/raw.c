/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "raw.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "glyph.h"
#include "term.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

void raw_init(struct raw *r, const struct term *t)
{
	*r = (struct raw){.t = t, .size_fd = -1};
}

int raw_begin(struct raw *r, struct err *e)
{
	struct termios raw;
	sigset_t winch;

	fflush(r->t->out);
	if (tcgetattr(STDIN_FILENO, &r->was) < 0)
		return 0;
	sigemptyset(&winch);
	sigaddset(&winch, SIGWINCH);
	sigprocmask(SIG_BLOCK, &winch, &r->mask);
	r->on = true;
	r->size_fd = signalfd(-1, &winch, SFD_CLOEXEC | SFD_NONBLOCK);
	raw = r->was;
	cfmakeraw(&raw);
	if (r->size_fd >= 0 && tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0)
		return 0;
	err_set(e, ERR_ENV, errno, "cannot lend the terminal");
	raw_end(r);
	return -1;
}

/* Whoever was at the other side, and however it ended. */
static void take_back(struct raw *r)
{
	struct buf b = BUF_INIT;

	/* There the cursor is where it was, at the start of a line. */
	if (vt_modes_screen(&r->modes))
		r->last = 0;
	vt_modes_undo(&r->modes, &b);
	term_say(r->t, "%s", buf_str(&b));
	buf_release(&b);
}

void raw_end(struct raw *r)
{
	if (r->on) {
		tcsetattr(STDIN_FILENO, TCSADRAIN, &r->was);
		sigprocmask(SIG_SETMASK, &r->mask, NULL);
		if (r->size_fd >= 0)
			close(r->size_fd);
		r->size_fd = -1;
		r->on = false;
	}
	take_back(r);
	if (r->last && r->last != '\n')
		term_say(r->t, "\n");
	r->last = 0;
	fflush(r->t->out);
}

void raw_undo(const struct term *t)
{
	struct buf b = BUF_INIT;

	vt_modes_undo_all(&b);
	if (t->edits)
		term_say(t, "%s", buf_str(&b));
	fflush(t->out);
	buf_release(&b);
}

/* A terminal that is slow keeps the guest waiting, and nobody else. */
static void write_all(int fd, const char *s, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, s, len);
		struct pollfd p = {.fd = fd, .events = POLLOUT};

		if (n < 0 && errno == EAGAIN)
			poll(&p, 1, 1000);
		else if (n < 0 && errno != EINTR)
			return;
		if (n > 0) {
			s += n;
			len -= (size_t)n;
		}
	}
}

/* A pipe or a file has no carriage to return. */
static void write_plain(const struct term *t, const char *s, size_t len)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < len; i++)
		if (s[i] != '\r' && s[i] != '\0')
			buf_addc(&b, s[i]);
	term_write(t, buf_str(&b), b.len);
	fflush(t->out);
	buf_release(&b);
}

void raw_output(void *arg, const char *data, size_t len)
{
	struct raw *r = arg;

	if (len == 0)
		return;
	r->last = data[len - 1];
	if (r->t->edits)
		vt_modes_feed(&r->modes, data, len);
	if (r->t->tty)
		write_all(fileno(r->t->out), data, len);
	else
		write_plain(r->t, data, len);
}

void raw_size(void *arg, unsigned *rows, unsigned *columns)
{
	struct raw *r = arg;
	struct signalfd_siginfo drop;
	struct winsize w;

	while (r->size_fd >= 0 && read(r->size_fd, &drop, sizeof(drop)) > 0)
		;
	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &w) < 0)
		return;
	*rows = w.ws_row;
	*columns = w.ws_col;
}
