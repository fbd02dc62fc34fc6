/* SPDX-License-Identifier: GPL-2.0-or-later */
/* put-back: files written over the learner's, once those are kept. */
#ifndef SHELL_PUT_BACK_H
#define SHELL_PUT_BACK_H

#include "starter.h"

struct fileset;

/*
 * Make the files of folder @dir those of @f, each whole or not at all. @keep
 * puts away first what would be written over. 0: done; 1: they were so
 * already; -1: @e is set.
 */
int put_back(const char *dir, const struct fileset *f, starter_keep_fn *keep,
	     void *arg, struct err *e);

#endif
