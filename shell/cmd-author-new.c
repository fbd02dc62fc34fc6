/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd-author.h"
#include "cmd.h"
#include "draft.h"
#include "home.h"
#include "session.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *flag;
	const char *ask; /* NULL: not asked, what is usual will do */
} parts[] = {
	[DRAFT_TITLE] = {"title", "Title"},
	[DRAFT_ID] = {"id", "Id"},
	[DRAFT_TRACK] = {"track", "Name of the new track"},
	[DRAFT_SLUG] = {"slug", NULL},
	[DRAFT_LANGUAGE] = {"language", "c, rust, or both"},
	[DRAFT_MINUTES] = {"minutes", "Minutes it takes"},
};

/* ---- asking ---- */

/*
 * A line from the terminal, without its end, into @out; of one that is too
 * long the rest is the next. -1: Ctrl-C, Ctrl-D.
 */
static int read_line(char *out, size_t size, int cancel_fd, struct err *e)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
			       {.fd = cancel_fd, .events = POLLIN}};
	ssize_t n = 0;

	while (poll(fds, 2, -1) < 0)
		if (errno != EINTR)
			return err_set(e, ERR_ENV, errno, "cannot ask");
	if (!fds[1].revents)
		n = read(STDIN_FILENO, out, size - 1);
	if (n <= 0) {
		putchar('\n');
		return err_set(e, ERR_CANCELLED, 0, "nothing was made");
	}
	out[n] = '\0';
	while (n > 0 && (out[n - 1] == '\n' || out[n - 1] == ' '))
		out[--n] = '\0';
	return 0;
}

static void say_why(const struct term *t, const struct err *why)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s; %s", why->what, why->next);
	term_para(t, 2, buf_str(&b));
	buf_release(&b);
}

/* Until the answer will do; nothing but Return is what stands there. */
static int ask(struct draft *d, const struct term *t, enum draft_part part,
	       int cancel_fd, struct err *e)
{
	char usual[256], line[1024];
	const char *text;

	draft_default(d, part, usual);
	for (;;) {
		struct err why = ERR_INIT;

		term_say(t, "%s [%s]: ", parts[part].ask, usual);
		fflush(t->out);
		if (read_line(line, sizeof(line), cancel_fd, e) < 0)
			return -1;
		text = line + strspn(line, " \t");
		if (draft_set(d, part, *text ? text : usual, &why) == 0)
			return 0;
		say_why(t, &why);
	}
}

static int fill_in(struct draft *d, const struct session *s,
		   const struct cmd_args *a, bool asks, int cancel_fd,
		   struct err *e)
{
	char usual[256];

	for (int p = 0; p < DRAFT_NPARTS; p++) {
		const char *text = cmd_value(a, parts[p].flag);
		int ret;

		if (asks && parts[p].ask &&
		    (p != DRAFT_TRACK || d->new_track)) {
			ret = ask(d, &s->term, p, cancel_fd, e);
		} else {
			draft_default(d, p, usual);
			ret = draft_set(d, p, text ? text : usual, e);
		}
		if (ret < 0)
			return -1;
	}
	return 0;
}

/* No terminal, no questions; and whoever gives a flag has decided. */
static bool wants_questions(const struct session *s, const struct cmd_args *a)
{
	for (int p = 0; p < DRAFT_NPARTS; p++)
		if (cmd_has(a, parts[p].flag))
			return false;
	return s->term.keys;
}

static int find_out(struct draft *d, struct session *s,
		    const struct cmd_args *a, struct err *e)
{
	bool asks = wants_questions(s, a);
	int cancel_fd = asks ? cancel_begin(e) : -1;
	int sig, ret;

	if (asks && cancel_fd < 0)
		return -1;
	if (asks)
		term_para(&s->term, 0,
			  "A new lesson. Return takes what stands in brackets; "
			  "Ctrl-C makes nothing.");
	ret = fill_in(d, s, a, asks, cancel_fd, e);
	sig = asks ? cancel_end() : 0;
	if (sig == SIGTERM || sig == SIGHUP)
		s->leave = true;
	return ret;
}

/* ---- telling ---- */

enum { AT = 26 };

static void say_step(const struct term *t, unsigned at, const char *command,
		     const char *what)
{
	char label[64];

	snprintf(label, sizeof(label), "%s%s%s", term_on(t, TERM_CODE), command,
		 term_off(t));
	term_item(t, label, at, what);
}

static void say_next(const struct session *s, const struct draft *d,
		     const char *dir, bool own)
{
	const struct term *t = &s->term;
	const char *kiln = s->interactive ? "" : "kiln ";
	struct buf b = BUF_INIT;
	char command[64];

	buf_addf(&b, "Lesson %u.%u, %s, is in ", d->track, d->number, d->title);
	home_add(&b, dir);
	buf_adds(&b,
		 ". It works as it is: a module that halves a number. Every "
		 "file says after the word REPLACE what is to become "
		 "yours.");
	term_para(t, 0, buf_str(&b));
	buf_release(&b);
	if (!own)
		term_para(t, 0,
			  "That is not where Kiln looks for lessons: put it "
			  "into its own folder lessons/, or a link to its "
			  "track.");
	term_say(t, "\nNext:\n");
	term_item(t, "edit", AT,
		  "begin with lesson.lua and solution/, then "
		  "text.md");
	snprintf(command, sizeof(command), "%sauthor lint %u.%u", kiln,
		 d->track, d->number);
	say_step(t, AT, command, "what is wrong, without a guest");
	snprintf(command, sizeof(command), "%sauthor test %u.%u", kiln,
		 d->track, d->number);
	say_step(t, AT, command, "every claim of it, in the real guest");
	snprintf(command, sizeof(command), "%sauthor mutate %u.%u", kiln,
		 d->track, d->number);
	say_step(t, AT, command, "which mistakes would no check see?");
}

static int make(struct session *s, const struct cmd_args *a, struct draft *d,
		bool own, struct err *e)
{
	char *dir;

	if (find_out(d, s, a, e) < 0 ||
	    draft_make(d, s->store.data, &dir, e) < 0)
		return -1;
	say_next(s, d, dir, own);
	free(dir);
	return own ? session_look_again(s, e) : 0;
}

/* The folder of the tracks, absolute. */
static char *lessons_dir(const struct session *s, const char *given)
{
	char *path, *real;

	if (asprintf(&path, "%s%s", given ? given : s->store.data,
		     given ? "" : "/lessons") < 0)
		return NULL;
	real = realpath(path, NULL);
	if (!real)
		return path;
	free(path);
	return real;
}

static int exec_new(struct session *s, const struct cmd_args *a)
{
	const char *given = cmd_value(a, "dir");
	struct err e = ERR_INIT;
	char *lessons, *ours;
	struct draft d;
	int ret = -1;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	lessons = lessons_dir(s, given);
	ours = lessons_dir(s, NULL);
	if (!lessons || !ours) {
		err_set(&e, ERR_ENV, ENOMEM, "cannot make a lesson");
	} else if (draft_init(&d, lessons, &e) == 0) {
		ret = make(s, a, &d, strcmp(lessons, ours) == 0, &e);
		draft_release(&d);
	}
	free(lessons);
	free(ours);
	return ret < 0 ? cmd_fail(&e) : 0;
}

static const struct cmd_flag flags[] = {
	{"id", "ID", "its track and number, such as 1.3"},
	{"title", "TITLE", "what lists call it"},
	{"language", "c|rust|both", "what the learner writes"},
	{"minutes", "N", "how long a learner takes"},
	{"slug", "NAME", "its folder's name after the number"},
	{"track", "NAME", "the name of a track that is not there yet"},
	{"dir", "DIR", "the folder of the tracks, not Kiln's lessons/"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_author_new_entry = {
	.name = "author new",
	.usage = "",
	.summary = "make a lesson that works, to be changed into yours",
	.about = "At a terminal it asks for a title, an id and so on; with any "
		 "of the flags it asks nothing, and takes what is usual for "
		 "the others.\n\n"
		 "What it makes is a small lesson that 'author lint' and "
		 "'author test' are content with: a module in C, in Rust or in "
		 "both, tests, a text with a question and its experiment, "
		 "three wrong answers, another right one, and hints. Every "
		 "file says after the word REPLACE what is to become yours.",
	.flags = flags,
	.exec = exec_new,
};
