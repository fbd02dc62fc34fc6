/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * course: the end of it: what to say when every lesson is passed.
 */
#ifndef SHELL_COURSE_H
#define SHELL_COURSE_H

struct buf;
struct catalogue_entry;
struct session;

/*
 * After a lesson that is passed: the next one and how to get there, or, when
 * there is none, that this was the last and what can still be done. Without
 * newlines.
 */
void course_add_next(struct buf *b, struct session *s,
		     const struct catalogue_entry *next);
/* Only the latter. */
void course_add_end(struct buf *b, const struct session *s);

#endif
