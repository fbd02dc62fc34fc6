/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spent: how long somebody is at the lesson at work.
 *
 * What is between two things that somebody does at the prompt or in watch
 * counts, but at most SPENT_IDLE_S of it: who went for a walk was not at
 * work. Nothing is known of the time in an editor but that; what a command
 * of its own, `kiln check`, takes is not counted. A courtesy, kept in days
 * (UTC) and shown by `status`: that it cannot be written stops nobody.
 */
#ifndef SHELL_SPENT_H
#define SHELL_SPENT_H

#include <stdint.h>

struct session;

enum { SPENT_IDLE_S = 5 * 60 };

/*
 * Something was done now: before and after a command of the prompt; in watch
 * at each key and save. The first call only starts the clock.
 */
void spent_mark(struct session *s);

/* "under a minute", "12 min", "1 h 05 min" into @out, which is returned. */
const char *spent_words(char out[32], int64_t seconds);

#endif
