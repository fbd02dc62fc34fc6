/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * look: a lesson's files built to be looked at, for asm and expand.
 *
 * Which lesson and which folder is meant, the build with its progress and
 * Ctrl-C, and what is said when it fails. Nothing is recorded.
 */
#ifndef SHELL_LOOK_H
#define SHELL_LOOK_H

#include "checker/built.h"
#include "lesson.h"

#include <stdbool.h>

struct catalogue_entry;
struct err;
struct session;

struct look {
	struct session *s;
	const struct catalogue_entry *c;
	struct lesson l;
	bool loaded;
	char *dir; /* the files that are built */
	struct built built;
};

/*
 * @lesson: NULL is the one at work. @dir: NULL is the learner's own folder.
 * @k is the caller's to close, whatever is returned.
 */
int look_open(struct look *k, struct session *s, const char *lesson,
	      const char *dir, struct err *e);
void look_close(struct look *k);

struct look_build {
	const char *name; /* what is done, in a word: "build" */
	const char *target, *vars, *script; /* as in kbuild_opts */
};

/* 0: built; 1: it does not build, and why has been shown; -1: @e. */
int look_build(struct look *k, const struct look_build *b, struct err *e);

/* What the compilers said of it, as look_build() shows it. */
void look_show_failure(struct look *k);

/* Is it, by its id or its slug, a lesson? */
bool look_is_lesson(const struct session *s, const char *name);

#endif
