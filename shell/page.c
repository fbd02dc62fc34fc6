/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "page.h"
#include "term.h"
#include "glyph.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { CTRL_C = 3, CTRL_D = 4 };

/* Lines of the screen that @len bytes fill, the terminal breaking them. */
static unsigned rows_of(const struct term *t, const char *s, size_t len)
{
	unsigned columns = glyph_columns(s, len);

	return columns ? (columns + t->width - 1) / t->width : 1;
}

/* The end of as many whole lines as fit in @rows; at least one. */
static const char *take_rows(const struct term *t, const char *s,
			     const char *end, unsigned rows)
{
	unsigned used = 0;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		unsigned n = rows_of(t, s, (size_t)((nl ? nl : end) - s));

		if (used && used + n > rows)
			break;
		used += n;
		s = nl ? nl + 1 : end;
	}
	return s;
}

/* One key, without echo. Ctrl-C comes as a key: nothing is killed here. */
static int read_key(void)
{
	struct termios was, raw;
	unsigned char c;
	ssize_t n;

	if (tcgetattr(STDIN_FILENO, &was) < 0)
		return CTRL_D;
	raw = was;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
	do
		n = read(STDIN_FILENO, &c, 1);
	while (n < 0 && errno == EINTR);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &was);
	return n == 1 ? c : CTRL_D;
}

/* How many lines to show next; 0: stop. */
static unsigned ask(struct term *t, unsigned percent)
{
	unsigned rows = 0;

	term_say(t, "%s-- %u%% -- space: more, Enter: a line, q: stop%s",
		 term_on(t, TERM_DIM), percent, term_off(t));
	fflush(t->out);
	for (;;) {
		int key = read_key();

		if (key == ' ' || key == 'f')
			rows = t->height - 1;
		else if (key == '\r' || key == '\n')
			rows = 1;
		else if (key != 'q' && key != 'Q' && key != CTRL_C &&
			 key != CTRL_D)
			continue;
		break;
	}
	term_say(t, "\r\033[K");
	return rows;
}

void page_show(struct term *t, const char *text, size_t len)
{
	const char *end = text + len;
	const char *s = text;
	unsigned rows;

	term_resize(t);
	rows = t->height - 1;
	if (!t->keys || !t->moves || t->height < 4) {
		term_write(t, text, len);
		return;
	}
	while (rows && s < end) {
		const char *next = take_rows(t, s, end, rows);

		term_write(t, s, (size_t)(next - s));
		s = next;
		term_resize(t);
		if (s < end)
			rows = ask(t, (unsigned)((s - text) * 100 / (long)len));
	}
	fflush(t->out);
}
