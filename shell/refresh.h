/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * refresh: a lesson that was updated under a learner's feet.
 *
 * The hash of each file that Kiln lays down is remembered, so that what the
 * lesson changed can be told from what the learner changed: a file that the
 * learner did not touch follows the lesson, and one that was edited is never
 * written over. What happened is said, once.
 */
#ifndef SHELL_REFRESH_H
#define SHELL_REFRESH_H

#include <stdbool.h>

struct buf;
struct err;
struct lesson;
struct session;
struct term;

/*
 * Bring folder @dir, the learner's own, up to date with @l. A file that was
 * there and is gone is laid down again with @missing only. What is no news, a
 * given file that the learner changed, is added to @notes, a line each, for
 * refresh_tell() at a better time; with NULL it is said. -1: something could
 * not be written; the learner's edits are untouched.
 */
int lesson_refresh(struct session *s, const struct lesson *l, const char *dir,
		   bool missing, struct buf *notes, struct err *e);

/* A paragraph a line. */
void refresh_tell(const struct term *t, const struct buf *lines);

#endif
