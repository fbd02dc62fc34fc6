/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "filewatch.h"
#include "cmd.h"
#include "keyboard.h"
#include "session.h"
#include "spent.h"
#include "cmd-watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- beginning and end ---- */

void watching_begin_signals(struct watching *g)
{
	struct err e = ERR_INIT;

	g->cancel = cancel_begin(&e);
	if (g->cancel >= 0)
		return;
	g->over = true;
	g->code = cmd_fail(&e);
}

void watching_end_signals(struct watching *g)
{
	int sig = g->cancel >= 0 ? cancel_end() : 0;

	g->cancel = -1;
	if (!sig)
		return;
	g->over = true;
	g->code = 130;
	if (sig != SIGINT)
		g->s->leave = true;
}

static void tell_polling(struct watching *g, const char *why)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "Your files are looked at every %d ms, for %s.",
		 FILEWATCH_POLL_MS, why);
	term_para(&g->s->term, 0, buf_str(&b));
	buf_release(&b);
}

int watching_open(struct watching *g, const char *name, struct err *e)
{
	struct watch *w = watch_new(g->s, name, g->poll, &g->events, e);
	const char *why = w ? watch_polls(w) : NULL;

	if (!w)
		return -1;
	watch_free(g->watch);
	g->watch = w;
	watching_look(g);
	if (why)
		tell_polling(g, why);
	return 0;
}

/* ---- keys ---- */

static void suspend(struct watching *g)
{
	screen_hide(g->screen);
	keyboard_suspend(g->keys);
	screen_draw(g->screen);
}

static void take_keys(struct watching *g)
{
	unsigned char room[KEYBOARD_MOST];
	size_t n = keyboard_read(g->keys, room);

	for (size_t i = 0; i < n && !g->over; i++) {
		if (room[i] == KEY_SUSPEND)
			suspend(g);
		else
			watching_key(g, room[i]);
	}
	g->active = true;
}

/* ---- the loop ---- */

enum { AT_CANCEL, AT_KEYS, AT_SIGNALS, AT_WATCH, NFDS = AT_WATCH + WATCH_NFDS };

static int shorter(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void take_signals(struct watching *g)
{
	switch (keyboard_signal(g->keys)) {
	case KEYBOARD_RESIZED:
	case KEYBOARD_RESUMED:
		screen_draw(g->screen);
		break;
	case KEYBOARD_STOPPED:
		suspend(g);
		break;
	case KEYBOARD_NOTHING:
		break;
	}
}

static void step(struct watching *g)
{
	int wait = shorter(watch_wait(g->watch), screen_tick(g->screen));
	struct pollfd p[NFDS] = {
		[AT_CANCEL] = {.fd = g->cancel, .events = POLLIN},
		[AT_KEYS] = {.fd = keyboard_fd(g->keys), .events = POLLIN},
		[AT_SIGNALS] = {.fd = keyboard_signal_fd(g->keys),
				.events = POLLIN},
	};

	watch_fds(g->watch, p + AT_WATCH);
	if (poll(p, NFDS, wait) < 0)
		return;
	if (p[AT_CANCEL].revents) {
		g->over = true;
		return;
	}
	/* Keys first: who presses one waits for it. */
	if (p[AT_KEYS].revents)
		take_keys(g);
	if (p[AT_SIGNALS].revents)
		take_signals(g);
	if (!g->over)
		watch_step(g->watch);
	/* Last, for it may wait for a disk. */
	if (g->active)
		spent_mark(g->s);
	g->active = false;
}

static void run(struct watching *g, const char *name)
{
	struct err e = ERR_INIT;

	if (watching_open(g, name, &e) < 0) {
		g->code = cmd_fail(&e);
		return;
	}
	/* Each puts the signal mask back that it found: inside each other. */
	watching_begin_signals(g);
	g->keys = keyboard_new(g->s->term.keys, &e);
	if (!g->keys) {
		g->code = cmd_fail(&e);
		g->over = true;
	}
	spent_mark(g->s);
	while (!g->over)
		step(g);
	screen_free(g->screen);
	g->screen = NULL;
	keyboard_free(g->keys);
	watching_end_signals(g);
}

static int exec_watch(struct session *s, const struct cmd_args *a)
{
	struct watching g = {.s = s, .poll = cmd_has(a, "poll"), .cancel = -1};
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	g.screen = screen_new(&s->term, s->term.keys);
	if (!g.screen) {
		err_set(&e, ERR_ENV, ENOMEM, "cannot watch");
		return cmd_fail(&e);
	}
	watching_events(&g);
	s->watching = s->term.keys;
	run(&g, a->pos[0]);
	s->watching = false;
	watch_free(g.watch);
	screen_free(g.screen);
	fflush(stdout);
	return g.code;
}

static const struct cmd_flag flags[] = {
	{"poll", NULL,
	 "look at the files again and again; do not wait to be "
	 "told"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_watch_entry = {
	.name = "watch",
	.alias = "w",
	.usage = "[LESSON]",
	.summary = "check your work whenever you save it",
	.about = "Leave it running beside your editor. The stages come as "
		 "they go, then what to mend next; a save during a check "
		 "begins anew. Each check that comes to its end counts as one "
		 "with 'check'.\n\n"
		 "Single keys do the rest, at any time: h gives a hint, l "
		 "shows the log, n the next step, or, when the lesson is "
		 "passed, the next lesson, t lists them, x explains the error, "
		 "d shows the whole report, r resets your files (it asks "
		 "first), Enter checks again, q leaves (twice, where something "
		 "has just been shown, for a q may have been meant to end "
		 "that). While a question is open its letters answer it, "
		 "before anything else that they do.\n\n"
		 "Without a keyboard (a pipe) it writes a line for each stage "
		 "and goes on until it is ended.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_watch,
};
