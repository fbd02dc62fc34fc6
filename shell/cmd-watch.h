/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd-watch: what cmd-watch.c shares with watch-tell.c, which shows what
 * happens, and with watch-do.c, which does what the keys ask for.
 */
#ifndef SHELL_CMD_WATCH_H
#define SHELL_CMD_WATCH_H

#include "watch-screen.h"
#include "watch.h"

#include <stdbool.h>

struct err;
struct keyboard;
struct session;

struct watching {
	struct session *s;
	bool poll;
	bool over;
	int code;
	unsigned choices; /* of the question that is open: a, b, ... answer */
	bool shown; /* a key has shown something, and no check since */
	bool leaving; /* "q" was pressed then: another one leaves */
	bool active; /* somebody is at work: see spent.h */
	int cancel; /* descriptor: we are asked to leave */
	struct keyboard *keys;
	struct watch *watch;
	struct watch_screen *screen;
	struct watch_events events;
};

/* Fill .events, for the session and the screen that are there. */
void watching_events(struct watching *g);

/* Signals that ask us to leave can be read from .cancel in between. */
void watching_begin_signals(struct watching *g);
void watching_end_signals(struct watching *g);

/* Watch lesson @name (NULL: the one at work) from now on. */
int watching_open(struct watching *g, const char *name, struct err *e);

/* What the keys mean may have changed: is a question open? */
void watching_look(struct watching *g);

/* A key that is not the keyboard's own affair. */
void watching_key(struct watching *g, int key);

#endif
