/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "edit.h"
#include "checker/buf.h"
#include "choices.h"
#include "complete.h"
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

struct edit {
	struct term *t;
	EditLine *el;
	Tokenizer *tok;
	struct edit_words words;
	char prompt[160];
	char line[8192];
	bool cleared;
};

/* Set by the handlers; the signals are blocked but while we wait for keys. */
static volatile sig_atomic_t resized, stopped;

static void note(int sig)
{
	if (sig == SIGWINCH)
		resized = 1;
	else
		stopped = 1;
}

static struct edit *of(EditLine *el)
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
	fputs("\r\033[J", of(el)->t->out);
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
	return of(el)->prompt;
}

/* Ctrl-C: the line stays where it is, and a new one begins below. */
static unsigned char clear_line(EditLine *el, int ch)
{
	struct edit *ed = of(el);

	ed->cleared = true;
	fputs("\033[J^C\r\n", ed->t->out);
	fflush(ed->t->out);
	return CC_NEWLINE;
}

static unsigned char stop_key(EditLine *el, int ch)
{
	struct edit *ed = of(el);

	fputs("\r\n", ed->t->out);
	fflush(ed->t->out);
	stop_here(el);
	return CC_NORM;
}

/* ---- completion ---- */

/* What must be quoted for prompt_split() to give it back. */
static void add_quoted(struct buf *b, const char *s)
{
	for (; *s; s++) {
		if (strchr(" \t'\"\\", *s))
			buf_addc(b, '\\');
		buf_addc(b, *s);
	}
}

/* A word at the cursor, and those before it; until the next key. */
struct place {
	int argc;
	const char **argv;
	const char *word;
};

/* False: the line cannot be read as words. */
static bool find_place(struct edit *ed, struct place *p)
{
	const LineInfo *li = el_line(ed->el);
	/* Only what is before the cursor counts. */
	LineInfo upto = {li->buffer, li->cursor, li->cursor};
	int argc, at, off;

	tok_reset(ed->tok);
	if (tok_line(ed->tok, &upto, &argc, &p->argv, &at, &off) < 0)
		return false;
	p->argc = at < argc ? at : argc;
	p->word = at < argc ? p->argv[at] : "";
	return true;
}

/* The terminal is raw: a newline is only that. */
static void write_raw(const struct term *t, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		term_write(t, s, (size_t)((nl ? nl : end) - s));
		if (nl)
			term_write(t, "\r\n", 2);
		s = nl ? nl + 1 : end;
	}
	fflush(t->out);
}

static void show_choices(struct edit *ed, const struct place *p,
			 const struct strv *words)
{
	struct strv notes = STRV_INIT;
	struct buf usage = BUF_INIT, note = BUF_INIT, out = BUF_INIT;

	term_resize(ed->t);
	for (size_t i = 0; i < words->n; i++) {
		buf_clear(&note);
		ed->words.note(&note, ed->words.arg, p->argc, p->argv,
			       words->v[i]);
		strv_add(&notes, buf_str(&note));
	}
	if (!*p->word)
		ed->words.usage(&usage, ed->words.arg, p->argc, p->argv);
	buf_addc(&out, '\n');
	choices_add(&out, ed->t, buf_str(&usage), words, &notes);
	write_raw(ed->t, buf_str(&out), out.len);
	strv_release(&notes);
	buf_release(&usage);
	buf_release(&note);
	buf_release(&out);
}

/* Add to the line what @words have in common beyond @word. */
static unsigned char extend(struct edit *ed, const struct place *p,
			    const struct strv *words)
{
	size_t have = strlen(p->word);
	size_t common = complete_common(words);
	struct buf more = BUF_INIT;
	char *text;

	if (words->n == 0 && have)
		return CC_REFRESH_BEEP;
	/* Of nothing, only what there is but one of is completed. */
	if (words->n == 0 || (words->n > 1 && !have)) {
		show_choices(ed, p, words);
		return CC_REDISPLAY;
	}
	text = strndup(words->v[0], common);
	if (text && common > have)
		add_quoted(&more, text + have);
	if (words->n == 1 && common && text && text[common - 1] != '/')
		buf_addc(&more, ' ');
	free(text);
	if (more.len > 0 && buf_ok(&more)) {
		el_insertstr(ed->el, buf_str(&more));
		buf_release(&more);
		return CC_REFRESH;
	}
	buf_release(&more);
	if (words->n == 1)
		return CC_REFRESH;
	show_choices(ed, p, words);
	return CC_REDISPLAY;
}

static unsigned char complete_key(EditLine *el, int ch)
{
	struct edit *ed = of(el);
	struct strv words = STRV_INIT;
	struct place p;
	unsigned char r;

	if (!find_place(ed, &p))
		return CC_ERROR;
	ed->words.complete(&words, ed->words.arg, p.argc, p.argv, p.word);
	r = extend(ed, &p, &words);
	strv_release(&words);
	return r;
}

/* "?" in a word is itself; where none is begun it asks what can stand. */
static unsigned char help_key(EditLine *el, int ch)
{
	struct edit *ed = of(el);
	struct strv words = STRV_INIT;
	const LineInfo *li = el_line(el);
	bool begun = li->cursor > li->buffer && li->cursor[-1] != ' ' &&
		     li->cursor[-1] != '\t';
	struct place p;

	if (begun || !find_place(ed, &p) || *p.word) {
		el_insertstr(el, "?");
		return CC_REFRESH;
	}
	ed->words.complete(&words, ed->words.arg, p.argc, p.argv, "");
	show_choices(ed, &p, &words);
	strv_release(&words);
	return CC_REDISPLAY;
}

/* ---- the line ---- */

static void set_keys(EditLine *el)
{
	el_set(el, EL_EDITOR, "emacs");
	el_source(el, NULL); /* ~/.editrc: vi people have theirs */
	/* Wide: of narrow names el_set() makes copies that nobody frees. */
	el_wset(el, EL_ADDFN, L"kiln-complete", L"complete the word",
		complete_key);
	el_wset(el, EL_ADDFN, L"kiln-clear", L"leave this line", clear_line);
	el_wset(el, EL_ADDFN, L"kiln-stop", L"stop the program", stop_key);
	el_wset(el, EL_ADDFN, L"kiln-help", L"what can stand here", help_key);
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
