/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * screen: what a learner's work may not be made of.
 *
 * Some of what a module can do leaves no trace that a grader could see: KASAN
 * switched off around a fault, the log held up for a moment, a notifier that
 * waits for the tests. None of it has a place in a lesson's work, so it is
 * looked for in the built module's symbols and relocations and in the text of
 * the sources, and refused before anything runs. It keeps nobody out who
 * calls the kernel by addresses: witness.h is there for those.
 *
 * ELF: the System V ABI, and its x86-64 supplement. What is read is the
 * learner's, and so trusted in nothing.
 */
#ifndef CHECKER_SCREEN_H
#define CHECKER_SCREEN_H

#include "buf.h"

struct err;

/*
 * Look at the module in the file @path, called @name in @why. Symbols in
 * @allowed may be taken whatever else is said of them. 0: nothing is wrong;
 * 1: @why says in a sentence what is; -1: it cannot be read.
 */
int screen_module(const char *path, const char *name,
		  const struct strv *allowed, struct buf *why, struct err *e);

/* The same for the text of a source file or a Makefile. */
int screen_source(const char *path, const char *name, struct buf *why,
		  struct err *e);

#endif
