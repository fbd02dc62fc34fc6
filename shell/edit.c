/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "edit.h"
#include "edit-int.h"
#include "history.h"
#include "term.h"

#include <errno.h>
#include <histedit.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* Set by the handlers; the signals are blocked but while we wait for keys. */
static volatile sig_atomic_t resized, stopped;

static void note(int sig)
{
	if (sig == SIGWINCH)
		resized = 1;
	else
		stopped = 1;
}

struct edit *edit_of(EditLine *el)
{
	struct edit *ed = NULL;

	el_get(el, EL_CLIENTDATA, &ed);
	return ed;
}

/* Let the shell that started us have the terminal as it was. */
static void stop_here(EditLine *el)
{
	struct sigaction was, dfl = {.sa_handler = SIG_DFL};
	sigset_t tstp, mask;

	stopped = 0;
	el_set(el, EL_PREP_TERM, 0);
	sigaction(SIGTSTP, &dfl, &was);
	sigemptyset(&tstp);
	sigaddset(&tstp, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &tstp, &mask);
	kill(0, SIGTSTP);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGTSTP, &was, NULL);
	el_set(el, EL_PREP_TERM, 1);
	el_set(el, EL_REFRESH);
}

/* libedit draws anew from the first column, and clears nothing. */
static void follow_size(EditLine *el)
{
	resized = 0;
	fputs("\r\033[J", edit_of(el)->t->out);
	el_resize(el);
	el_set(el, EL_REFRESH);
}

/* Until there is input; -1: there will be none. */
static int wait_for_key(EditLine *el)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	sigset_t mask;

	sigprocmask(SIG_SETMASK, NULL, &mask);
	sigdelset(&mask, SIGWINCH);
	sigdelset(&mask, SIGTSTP);
	for (;;) {
		if (resized)
			follow_size(el);
		if (stopped)
			stop_here(el);
		if (ppoll(&p, 1, NULL, &mask) > 0)
			return 0;
		if (errno != EINTR)
			return -1;
	}
}

/* One character, however many bytes it takes. */
static int read_key(EditLine *el, wchar_t *wc)
{
	mbstate_t state = {0};
	char c;

	for (;;) {
		ssize_t n;

		if (wait_for_key(el) < 0)
			return -1;
		n = read(STDIN_FILENO, &c, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ? 0 : -1;
		switch (mbrtowc(wc, &c, 1, &state)) {
		case (size_t)-2:
			continue;
		case (size_t)-1: /* not a character of this locale */
			state = (mbstate_t){0};
			continue;
		default:
			return 1;
		}
	}
}

static char *get_prompt(EditLine *el)
{
	return edit_of(el)->prompt;
}

/* Ctrl-C: the line stays where it is, and a new one begins below. */
static unsigned char clear_line(EditLine *el, int ch)
{
	struct edit *ed = edit_of(el);

	ed->cleared = true;
	fputs("\033[J^C\r\n", ed->t->out);
	fflush(ed->t->out);
	return CC_NEWLINE;
}

static unsigned char stop_key(EditLine *el, int ch)
{
	struct edit *ed = edit_of(el);

	fputs("\r\n", ed->t->out);
	fflush(ed->t->out);
	stop_here(el);
	return CC_NORM;
}

/* ---- the line ---- */

static void set_keys(EditLine *el)
{
	el_set(el, EL_EDITOR, "emacs");
	el_source(el, NULL); /* ~/.editrc: vi people have theirs */
	/* Wide: of narrow names el_set() makes copies that nobody frees. */
	el_wset(el, EL_ADDFN, L"kiln-complete", L"complete the word",
		edit_complete_key);
	el_wset(el, EL_ADDFN, L"kiln-clear", L"leave this line", clear_line);
	el_wset(el, EL_ADDFN, L"kiln-stop", L"stop the program", stop_key);
	el_wset(el, EL_ADDFN, L"kiln-help", L"what can stand here",
		edit_help_key);
	el_set(el, EL_BIND, "^I", "kiln-complete", NULL);
	el_set(el, EL_BIND, "?", "kiln-help", NULL);
	el_set(el, EL_BIND, "^R", "em-inc-search-prev", NULL);
	/* As keys, not as signals that would reach `make learn` as well. */
	el_set(el, EL_SETTY, "-d", "-isig", NULL);
	el_set(el, EL_BIND, "^C", "kiln-clear", NULL);
	el_set(el, EL_BIND, "^Z", "kiln-stop", NULL);
}

struct edit *edit_open(struct term *t, struct history_file *h,
		       const struct edit_words *words)
{
	struct edit *ed = calloc(1, sizeof(*ed));

	if (!ed)
		return NULL;
	ed->t = t;
	ed->words = *words;
	ed->tok = tok_init(NULL);
	ed->el = el_init("kiln", stdin, t->out, stderr);
	if (!ed->el || !ed->tok) {
		edit_close(ed);
		return NULL;
	}
	el_set(ed->el, EL_CLIENTDATA, ed);
	el_set(ed->el, EL_SIGNAL, 0);
	el_set(ed->el, EL_GETCFN, read_key);
	el_set(ed->el, EL_PROMPT_ESC, get_prompt, '\1');
	el_set(ed->el, EL_HIST, history, history_edit(h));
	set_keys(ed->el);
	return ed;
}

void edit_close(struct edit *ed)
{
	if (!ed)
		return;
	if (ed->el)
		el_end(ed->el);
	if (ed->tok)
		tok_end(ed->tok);
	free(ed);
}

static void set_prompt(struct edit *ed, const char *prompt)
{
	if (ed->t->color)
		snprintf(ed->prompt, sizeof(ed->prompt), "\1%s\1%.100s\1%s\1 ",
			 term_on(ed->t, TERM_BOLD), prompt, term_off(ed->t));
	else
		snprintf(ed->prompt, sizeof(ed->prompt), "%.100s ", prompt);
}

struct watched {
	struct sigaction winch, tstp;
	sigset_t mask;
};

static void watch(struct watched *w)
{
	struct sigaction sa = {.sa_handler = note};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	sigaddset(&set, SIGTSTP);
	sigprocmask(SIG_BLOCK, &set, &w->mask);
	sigaction(SIGWINCH, &sa, &w->winch);
	sigaction(SIGTSTP, &sa, &w->tstp);
	/* It may have been resized while a command ran. */
	resized = 0;
	stopped = 0;
}

static void unwatch(const struct watched *w)
{
	sigaction(SIGWINCH, &w->winch, NULL);
	sigaction(SIGTSTP, &w->tstp, NULL);
	sigprocmask(SIG_SETMASK, &w->mask, NULL);
}

enum edit_end edit_line(struct edit *ed, const char *prompt, const char **line)
{
	struct watched w;
	const char *s;
	int n = 0;

	set_prompt(ed, prompt);
	ed->cleared = false;
	fflush(ed->t->out);
	watch(&w);
	el_resize(ed->el);
	/* Before the prompt: a key pressed on seeing it must come raw. */
	el_set(ed->el, EL_PREP_TERM, 1);
	s = el_gets(ed->el, &n);
	if (s && n > 0)
		snprintf(ed->line, sizeof(ed->line), "%.*s",
			 (int)strcspn(s, "\n"), s);
	unwatch(&w);
	term_resize(ed->t);
	*line = ed->line;
	if (ed->cleared)
		return EDIT_CLEARED;
	return s && n > 0 ? EDIT_LINE : EDIT_EOF;
}
