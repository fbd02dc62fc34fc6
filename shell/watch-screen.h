/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch-screen: what `watch` shows: one block at the bottom of what is on the
 * terminal, with the stages, a short result, and the keys.
 *
 * A new check takes the place of the block, so that the screen is not
 * littered; what else is written (a hint, a log) stays above it. The block is
 * never higher than the screen. Where the cursor cannot be moved each line is
 * written once, as it comes, and a rule divides the checks.
 */
#ifndef SHELL_WATCH_SCREEN_H
#define SHELL_WATCH_SCREEN_H

#include "checker/check.h"

#include <stdbool.h>

struct err;
struct strv;
struct term;
struct verdict;
struct watch_screen;

/* @t is borrowed; its size is asked for again. @keys: show what they do. */
struct watch_screen *screen_new(struct term *t, bool keys);
/* The block stays where it is, without its keys. */
void screen_free(struct watch_screen *sc);

/* A check begins; @why: a word on what for, or NULL. Both are copied. */
void screen_begin(struct watch_screen *sc, const char *title, const char *why);
/* Its stages: calls for check_run(). */
const struct check_watch *screen_stages(struct watch_screen *sc);
/* It is stopped; another will begin. */
void screen_stop(struct watch_screen *sc);
/*
 * Its result; @dir, @later: as for report_brief(); @next: lines on what to do
 * next, or NULL.
 */
void screen_result(struct watch_screen *sc, const struct verdict *v,
		   const char *dir, const struct strv *later, const char *next);
/* There is none. */
void screen_error(struct watch_screen *sc, const struct err *e);

/* A line below the result, until the next check; and in place of the keys. */
void screen_note(struct watch_screen *sc, const char *note);
void screen_ask(struct watch_screen *sc, const char *question);
/* A question with so many choices is open: of the keys from now on. */
void screen_choices(struct watch_screen *sc, unsigned n);

/* Take the block away, for something else is to be written. */
void screen_hide(struct watch_screen *sc);
/*
 * Likewise, but a result stays above what is written, and is not drawn
 * again; of a check that runs the block comes back.
 */
void screen_leave(struct watch_screen *sc);
/* Draw it again after that. */
void screen_return(struct watch_screen *sc);
/* Draw it, below all that was written; in another size if need be. */
void screen_draw(struct watch_screen *sc);
/* Time has passed. How long until it is to be called again, in ms; or -1. */
int screen_tick(struct watch_screen *sc);

#endif
