/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "glyph.h"
#include "home.h"
#include "wrap.h"

#include <langinfo.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum {
	DEFAULT_WIDTH = 80,
	LEAST_WIDTH = 20,
	MOST_WIDTH = 500,
	MOST_PROSE = 96,
};

static const char *const codes[TERM_NSTYLES] = {
	[TERM_PLAIN] = "\033[0m",  [TERM_BOLD] = "\033[1m",
	[TERM_DIM] = "\033[2m",	   [TERM_GOOD] = "\033[32m",
	[TERM_BAD] = "\033[1;31m", [TERM_WARN] = "\033[33m",
	[TERM_CODE] = "\033[36m",
};

static bool is_set(const char *name)
{
	const char *v = getenv(name);

	return v && *v;
}

static unsigned from_env(const char *name)
{
	const char *v = getenv(name);
	unsigned long n = v ? strtoul(v, NULL, 10) : 0;

	return n > 100000 ? 0 : (unsigned)n;
}

void term_resize(struct term *t)
{
	struct winsize ws = {0};

	/* Captured for a terminal, into memory: that one's size holds. */
	if (t->tty && fileno(t->out) < 0)
		return;
	/* A pipe has no size: what COLUMNS says then holds, as in ls(1). */
	if (t->tty && ioctl(fileno(t->out), TIOCGWINSZ, &ws) < 0)
		ws = (struct winsize){0};
	t->width = ws.ws_col ? ws.ws_col : from_env("COLUMNS");
	t->height = ws.ws_row ? ws.ws_row : from_env("LINES");
	if (!t->width)
		t->width = DEFAULT_WIDTH;
	if (t->width < LEAST_WIDTH)
		t->width = LEAST_WIDTH;
	if (t->width > MOST_WIDTH)
		t->width = MOST_WIDTH;
}

void term_ask_plain(void)
{
	setenv("KILN_PLAIN", "1", 1);
}

static bool wants_plain(void)
{
	return is_set("KILN_PLAIN") && strcmp(getenv("KILN_PLAIN"), "0") != 0;
}

void term_init(struct term *t, FILE *out)
{
	const char *kind = getenv("TERM");
	bool dumb = !kind || !*kind || strcmp(kind, "dumb") == 0;

	*t = (struct term){.out = out};
	t->tty = isatty(fileno(out)) == 1;
	t->keys = t->tty && isatty(STDIN_FILENO) == 1;
	t->edits = t->tty && !dumb;
	/* In a pipe only who asks for it gets words: signs are for grep. */
	t->plain = wants_plain() || (t->tty && dumb);
	t->moves = t->edits && !t->plain;
	t->color = t->moves && !is_set("NO_COLOR");
	t->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	term_resize(t);
}

const char *term_on(const struct term *t, enum term_style s)
{
	return t->color ? codes[s] : "";
}

const char *term_sign(const struct term *t, const char *sign, const char *words)
{
	return t->plain ? words : sign;
}

void term_write(const struct term *t, const char *s, size_t len)
{
	struct buf plain = BUF_INIT;

	if (t->utf8) {
		fwrite(s, 1, len, t->out);
		return;
	}
	glyph_to_ascii(&plain, s, len);
	fwrite(buf_str(&plain), 1, plain.len, t->out);
	buf_release(&plain);
}

void term_say(const struct term *t, const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	term_write(t, s, (size_t)n);
	free(s);
}

unsigned term_prose(const struct term *t)
{
	return t->width < MOST_PROSE ? t->width : MOST_PROSE;
}

void term_para(const struct term *t, unsigned indent, const char *s)
{
	struct buf out = BUF_INIT;
	struct wrap w = {.width = term_prose(t)};

	wrap_indent(&w, indent);
	wrap_text(&out, &w, s);
	term_write(t, buf_str(&out), out.len);
	buf_release(&out);
}

void term_tell(const struct term *t, const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	term_para(t, 0, s);
	free(s);
}

void term_item_add(struct buf *out, const struct term *t, const char *label,
		   unsigned at, const char *text)
{
	unsigned used = glyph_columns(label, strlen(label));
	struct wrap w = {.width = term_prose(t)};

	/* Narrow terminals have no room for a second column. */
	if (t->width < 2 * at)
		at = 6;
	wrap_indent(&w, at);
	if (used + 3 <= at)
		snprintf(w.first, sizeof(w.first), "  %s%*s", label,
			 (int)(at - used - 2), "");
	else
		buf_addf(out, "  %s\n", label);
	wrap_text(out, &w, text);
}

void term_item(const struct term *t, const char *label, unsigned at,
	       const char *text)
{
	struct buf out = BUF_INIT;

	term_item_add(&out, t, label, at, text);
	term_write(t, buf_str(&out), out.len);
	buf_release(&out);
}

/* Errors go to stderr, which may be a terminal when stdout is none. */
static void err_line(const struct term *t, const char *label, const char *s)
{
	struct buf out = BUF_INIT, clean = BUF_INIT;
	struct wrap w = {.width = term_prose(t)};

	snprintf(w.first, sizeof(w.first), "%s", label);
	snprintf(w.rest, sizeof(w.rest), "%*s", (int)strlen(label), "");
	/* It may quote anything that was typed. */
	glyph_clean(&clean, s, strlen(s));
	wrap_text(&out, &w, buf_str(&clean));
	term_write(t, buf_str(&out), out.len);
	buf_release(&clean);
	buf_release(&out);
}

void term_error(const struct err *e)
{
	struct buf where = BUF_INIT, clean = BUF_INIT;
	struct term t;

	fflush(stdout);
	term_init(&t, stderr);
	term_say(&t, "%s", term_on(&t, TERM_BAD));
	err_line(&t, "kiln: ", e->what[0] ? e->what : "something failed");
	term_say(&t, "%s", term_off(&t));
	/* Not wrapped: a path that is cut in two cannot be copied. */
	if (e->where[0]) {
		home_add(&where, e->where);
		glyph_clean(&clean, buf_str(&where), where.len);
		term_say(&t, "      at %s\n", buf_str(&clean));
	}
	buf_release(&clean);
	buf_release(&where);
	if (e->next[0])
		err_line(&t, "      ", e->next);
	fflush(stderr);
}

void term_warn(const char *fmt, ...)
{
	struct term t;
	char *s = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	fflush(stdout);
	term_init(&t, stderr);
	err_line(&t, "kiln: ", s);
	fflush(stderr);
	free(s);
}

static struct termios found;
static volatile sig_atomic_t guarded;

void term_restore(void)
{
	if (guarded)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
}

static void restore_and_die(int sig)
{
	term_restore();
	/* Installed with SA_RESETHAND: this one is final. */
	raise(sig);
}

static void guard_signal(int sig)
{
	struct sigaction old, sa = {
				      .sa_handler = restore_and_die,
				      .sa_flags = SA_RESETHAND | SA_NODEFER,
			      };

	/* Ignored by whoever started us (nohup), or taken by a sanitizer. */
	if (sigaction(sig, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
		sigaction(sig, &sa, NULL);
}

void term_guard(void)
{
	static const int deadly[] = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT,
				     SIGSEGV, SIGBUS, SIGILL,  SIGFPE};

	if (guarded || tcgetattr(STDIN_FILENO, &found) < 0)
		return;
	guarded = 1;
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		guard_signal(deadly[i]);
	atexit(term_restore);
}
