/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd-watch: what cmd-watch.c shares with watch-tell.c, which shows what
 * happens.
 */
#ifndef SHELL_CMD_WATCH_H
#define SHELL_CMD_WATCH_H

#include "watch-screen.h"
#include "watch.h"

#include <stdbool.h>

struct keyboard;
struct session;

struct watching {
	struct session *s;
	bool poll;
	bool over;
	int code;
	bool asking; /* the next key answers: is the work to be put away? */
	int cancel; /* descriptor: we are asked to leave */
	struct keyboard *keys;
	struct watch *watch;
	struct watch_screen *screen;
	struct watch_events events;
};

/* Fill .events, for the session and the screen that are there. */
void watching_events(struct watching *g);

#endif
