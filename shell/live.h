/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * live: the stages of a check as they run.
 *
 * On a terminal the line of the running stage shows what it does and counts
 * the time, so that nobody has to wonder; it is drawn by a thread of its
 * own, which takes no signals, starts no process, and shows nothing for the
 * first moment, so that quick stages do not flicker. Elsewhere each stage is
 * one plain line when it ends; on a terminal that cannot redraw a line,
 * whatever takes longer than a second is one more, and in a pipe or a file
 * only what takes half a minute.
 */
#ifndef SHELL_LIVE_H
#define SHELL_LIVE_H

#include "checker/check.h"

struct live;
struct term;

/* NULL: out of memory. */
struct live *live_new(const struct term *t);
/*
 * For what is mostly quick, or not asked about: nothing but what takes longer
 * than a second; where a line can be drawn over it comes sooner, and is gone
 * at its end.
 */
struct live *live_new_brief(const struct term *t);
/* Ends the line under way, if a cancelled check left one. */
void live_free(struct live *l);

/* To give to check_run(); valid while @l is. */
const struct check_watch *live_watch(struct live *l);

/*
 * The same line for a piece of work that is no check: its name, then what
 * it is doing (NULL: nothing to say), then its end.
 */
void live_begin(struct live *l, const char *name);
void live_detail(struct live *l, const char *what);
void live_end(struct live *l, enum tier_result r, int64_t ms);

/* "12 ms", "1.05 s", "2 min 05 s" into @out, which is returned. */
const char *live_time(char out[32], int64_t ms);

#endif
