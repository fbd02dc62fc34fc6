/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stage: the fresh copy of the files that a check builds.
 *
 * Given files come from the lesson, never from the learner; files to edit
 * come from the learner's folder, and nothing else there is looked at. What
 * the learner left there may be missing, a symlink that leads elsewhere, a
 * FIFO, ten megabytes or no text at all: that is said, and is no error.
 */
#ifndef CHECKER_STAGE_H
#define CHECKER_STAGE_H

#include "buf.h"
#include "spec.h"

struct err;

#define STAGE_FILE_MAX ((size_t)1 << 20) /* bytes of one learner's file */

/* Copy the files of @spec/solution that @list names to @stage. */
int stage_copy(const char *stage, const struct spec *spec,
	       const struct strv *list, struct err *e);

/*
 * Copy the files to edit from @dir to @stage. 0: all there; 1: one cannot
 * be graded, and @why (one line) says which and why; -1: an error of ours.
 */
int stage_learner(const char *stage, const struct spec *spec, const char *dir,
		  struct buf *why, struct err *e);

/* Is there a regular file @name, to which no link leads out of @stage? */
bool stage_has(const char *stage, const char *name);

/* Copy every regular file below @from to @to, making folders. */
int stage_tree(const char *to, const char *from, struct err *e);

#endif
