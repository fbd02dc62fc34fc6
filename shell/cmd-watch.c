/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checking.h"
#include "filewatch.h"
#include "cmd.h"
#include "keyboard.h"
#include "page.h"
#include "session.h"
#include "cmd-watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- commands ---- */

/* Signals that ask us to leave can be read from .cancel from now on. */
static void begin_signals(struct watching *g)
{
	struct err e = ERR_INIT;

	g->cancel = cancel_begin(&e);
	if (g->cancel >= 0)
		return;
	g->over = true;
	g->code = cmd_fail(&e);
}

static void end_signals(struct watching *g)
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

/* The terminal as a command expects it; false: we were asked to leave. */
static bool step_aside(struct watching *g)
{
	screen_leave(g->screen);
	keyboard_release(g->keys);
	end_signals(g);
	return !g->over;
}

static void come_back(struct watching *g)
{
	fflush(g->s->term.out);
	begin_signals(g);
	keyboard_take(g->keys);
	if (g->s->leave)
		g->over = true;
	screen_return(g->screen);
}

/* `@name [@word] [LESSON]`, as if it had been typed. */
static void command(struct watching *g, const char *name, const char *word,
		    bool lesson)
{
	const char *argv[4] = {name};
	int argc = 1;

	if (word)
		argv[argc++] = word;
	if (lesson)
		argv[argc++] = watch_lesson(g->watch);
	if (!step_aside(g))
		return;
	cmd_run(g->s, argc, argv);
	come_back(g);
}

static void details(struct watching *g)
{
	struct checking *c = watch_last(g->watch);
	FILE *out = g->s->term.out;
	char *text = NULL;
	size_t len = 0;

	if (!c) {
		screen_note(g->screen, "No check has come to its end yet.");
		return;
	}
	g->s->term.out = open_memstream(&text, &len);
	if (g->s->term.out) {
		checking_report(c);
		fclose(g->s->term.out);
	}
	g->s->term.out = out;
	if (text && step_aside(g)) {
		page_show(&g->s->term, text, len);
		come_back(g);
	}
	free(text);
}

/* The build's words if no guest ran: the log would be an older one's. */
static void show_log(struct watching *g)
{
	const struct checking *c = watch_last(g->watch);
	bool built = !c || c->v.booted || !c->v.build_output;

	command(g, "log", built ? NULL : "--build", true);
}

/* What the last check complains of first. */
static const char *first_code(const struct checking *c)
{
	for (size_t i = 0; i < c->v.ndiags; i++)
		if (c->v.diags[i].level == DIAG_ERROR && c->v.diags[i].code)
			return c->v.diags[i].code;
	return c->v.nfindings ? finding_name(c->v.findings[0].kind) : NULL;
}

static void explain(struct watching *g)
{
	const struct checking *c = watch_last(g->watch);
	const char *code = c ? first_code(c) : NULL;

	if (code)
		command(g, "explain", code, false);
	else
		screen_note(g->screen, "The last check has no error code and "
				       "no finding to explain.");
}

static void tell_polling(struct watching *g, const char *why)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "Your files are looked at every %d ms, for %s.",
		 FILEWATCH_POLL_MS, why);
	term_para(&g->s->term, 0, buf_str(&b));
	buf_release(&b);
}

static int open_watch(struct watching *g, const char *name, struct err *e)
{
	struct watch *w = watch_new(g->s, name, g->poll, &g->events, e);
	const char *why = w ? watch_polls(w) : NULL;

	if (!w)
		return -1;
	watch_free(g->watch);
	g->watch = w;
	if (why)
		tell_polling(g, why);
	return 0;
}

/* Whatever `next` began is watched from now on. */
static void next_lesson(struct watching *g)
{
	struct err e = ERR_INIT;
	const char *id;

	command(g, "next", NULL, false);
	id = session_current_id(g->s);
	if (g->over || !id || strcmp(id, watch_lesson(g->watch)) == 0)
		return;
	screen_hide(g->screen);
	if (open_watch(g, NULL, &e) == 0)
		return;
	g->over = true;
	g->code = cmd_fail(&e);
}

static void ask_reset(struct watching *g)
{
	struct buf b = BUF_INIT;

	buf_addf(&b,
		 "Reset %s? What you have is put away first. y: yes, "
		 "any other key: no ",
		 watch_lesson(g->watch));
	g->asking = true;
	screen_ask(g->screen, buf_str(&b));
	buf_release(&b);
}

static void answer(struct watching *g, int key)
{
	g->asking = false;
	screen_ask(g->screen, NULL);
	if (key == 'y' || key == 'Y')
		command(g, "reset", NULL, true);
}

/* ---- keys ---- */

static void press(struct watching *g, int key)
{
	switch (key) {
	case 'h':
		command(g, "hint", NULL, true);
		break;
	case 'l':
		show_log(g);
		break;
	case 'n':
		next_lesson(g);
		break;
	case 't':
		command(g, "list", NULL, false);
		break;
	case 'e':
		explain(g);
		break;
	case 'd':
		details(g);
		break;
	case 'r':
		ask_reset(g);
		break;
	case '?':
		command(g, "help", "watch", false);
		break;
	case '\r':
	case '\n':
	case ' ':
		watch_check(g->watch);
		break;
	case 'q':
	case KEY_INTERRUPT:
	case KEY_END:
		g->over = true;
		break;
	}
}

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
		else if (g->asking)
			answer(g, room[i]);
		else
			press(g, room[i]);
	}
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
}

static void run(struct watching *g, const char *name)
{
	struct err e = ERR_INIT;

	if (open_watch(g, name, &e) < 0) {
		g->code = cmd_fail(&e);
		return;
	}
	/* Each puts the signal mask back that it found: inside each other. */
	begin_signals(g);
	g->keys = keyboard_new(g->s->term.keys, &e);
	if (!g->keys) {
		g->code = cmd_fail(&e);
		g->over = true;
	}
	while (!g->over)
		step(g);
	screen_free(g->screen);
	g->screen = NULL;
	keyboard_free(g->keys);
	end_signals(g);
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
	run(&g, a->pos[0]);
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
		 "shows the log, n begins the next lesson, t lists them, e "
		 "explains the error, d shows the whole report, r resets your "
		 "files, Enter checks again, q leaves.\n\n"
		 "Without a keyboard (a pipe) it writes a line for each stage "
		 "and goes on until it is ended.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_watch,
};
