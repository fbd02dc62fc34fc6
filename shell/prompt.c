/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "prompt.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "complete.h"
#include "edit.h"
#include "history.h"
#include "inline.h"
#include "session.h"
#include "spent.h"
#include "steps.h"
#include "term.h"

#include <errno.h>
#include <histedit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A word as a shell would take it that knows "~/" and nothing else. */
static int add_word(struct strv *words, const char *word)
{
	const char *home = getenv("HOME");

	return home && strncmp(word, "~/", 2) == 0
		       ? strv_addf(words, "%s%s", home, word + 1)
		       : strv_add(words, word);
}

int prompt_split(struct strv *words, const char *line, struct err *e)
{
	Tokenizer *tok = tok_init(NULL);
	const char **argv = NULL;
	int argc = 0;
	int r = tok ? tok_str(tok, line, &argc, &argv) : -1;

	if (r == 0)
		for (int i = 0; i < argc && r == 0; i++)
			r = add_word(words, argv[i]);
	tok_end(tok);
	if (r == 0)
		return 0;
	if (r < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read the line");
	return err_set(e, ERR_USAGE, 0, "a %s quote is not closed",
		       r == 1 ? "single" : "double");
}

static int run_line(struct session *s, const char *line, int last)
{
	struct strv words = STRV_INIT;
	struct err e = ERR_INIT;
	int code = last;

	if (s->interactive && steps_line(s, line, &code))
		goto out;
	if (line[strspn(line, " \t")] == '#')
		return last;
	if (prompt_split(&words, line, &e) < 0)
		code = cmd_fail(&e);
	else if (words.n > 0)
		code = cmd_run(s, (int)words.n, (const char *const *)words.v);
out:
	strv_release(&words);
	fflush(s->term.out);
	return code;
}

static void completions(struct strv *out, void *arg, int argc,
			const char *const *argv, const char *word)
{
	complete_words(out, arg, argc, argv, word);
}

static void usage(struct buf *out, void *arg, int argc, const char *const *argv)
{
	inline_usage(out, arg, argc, argv);
}

static void note(struct buf *out, void *arg, int argc, const char *const *argv,
		 const char *choice)
{
	inline_note(out, arg, argc, argv, choice);
}

/* "kiln 1.2>": which lesson a bare `check` is about. */
static void make_prompt(struct session *s, char *out, size_t size)
{
	const char *id = session_current_id(s);

	if (id)
		snprintf(out, size, "kiln %s>", id);
	else
		snprintf(out, size, "kiln>");
}

static void edit_loop(struct session *s, struct edit *ed,
		      struct history_file *h)
{
	char prompt[100];
	const char *line;

	spent_mark(s);
	while (!s->leave) {
		make_prompt(s, prompt, sizeof(prompt));
		switch (edit_line(ed, prompt, &line)) {
		case EDIT_EOF:
			term_say(&s->term, "\n");
			return;
		case EDIT_CLEARED:
			break;
		case EDIT_LINE:
			history_add(h, line);
			spent_mark(s);
			run_line(s, line, 0);
			spent_mark(s);
			break;
		}
	}
}

static int plain_loop(struct session *s)
{
	char prompt[100];
	char *line = NULL;
	size_t size = 0;
	int code = 0;

	while (!s->leave) {
		ssize_t n;

		if (s->interactive) {
			make_prompt(s, prompt, sizeof(prompt));
			term_say(&s->term, "%s ", prompt);
			fflush(s->term.out);
		}
		n = getline(&line, &size, stdin);
		if (n < 0 && errno == EINTR && ferror(stdin)) {
			clearerr(stdin);
			term_say(&s->term, "\n");
			continue;
		}
		if (n < 0)
			break;
		line[strcspn(line, "\r\n")] = '\0';
		if (s->interactive)
			spent_mark(s);
		code = run_line(s, line, code);
	}
	free(line);
	return s->interactive ? 0 : code;
}

static void interrupted(int sig)
{
	/* Only to end a read: the line being typed is dropped. */
}

int prompt_run(struct session *s)
{
	struct sigaction was, sa = {.sa_handler = interrupted};
	const struct edit_words words = {s, completions, usage, note};
	struct history_file *h = NULL;
	struct edit *ed = NULL;
	int code = 0;

	if (s->interactive)
		sigaction(SIGINT, &sa, &was);
	if (s->interactive && s->term.edits)
		h = history_open(session_history(s));
	if (h)
		ed = edit_open(&s->term, h, &words);
	if (ed)
		edit_loop(s, ed, h);
	else
		code = plain_loop(s);
	edit_close(ed);
	history_close(h);
	if (s->interactive)
		sigaction(SIGINT, &was, NULL);
	return code;
}
