/* SPDX-License-Identifier: GPL-2.0-or-later */
/* odd: something else stands in the place of a file of the lesson's. */
#ifndef SHELL_ODD_H
#define SHELL_ODD_H

struct err;
struct strv;
struct verdict;
struct lesson;

/* What helps, in every command's words. */
#define ODD_NEXT "'reset' puts it away and lays the lesson's file down"

/* -1: @name in @dir is a folder, a link that leads out, …; ERR_USAGE. */
int odd_file(const char *dir, const char *name, struct err *e);
/* The first of @names that is. */
int odd_any(const char *dir, const struct strv *names, struct err *e);

/*
 * To a verdict on the learner's own @dir, which did not get as far as a
 * build because of such a file or a missing one: what to do.
 */
void odd_advise(struct verdict *v, const struct lesson *l, const char *dir);

#endif
