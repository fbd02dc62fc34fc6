/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * editors: what editors are told of a lesson.
 *
 * Beside the learner's files stand rust-project.json, for rust-analyzer, and
 * compile_commands.json, for clangd: both say what Kbuild says to the
 * compilers; settings for VS Code and Neovim; and in .kiln/ the two servers
 * as programs, and a note. They are made again when the lesson, the kernel,
 * the tools or Kiln's own place have changed. .kiln/written remembers what
 * was written: a file that is not as it was then is the learner's, and is
 * left alone from then on. None of them is work: checks do not look at them.
 */
#ifndef SHELL_EDITORS_H
#define SHELL_EDITORS_H

#include <stdbool.h>

struct err;
struct lesson;
struct session;
struct strv;

/* The folder below the lesson's that has the servers in it. */
#define EDITORS_DIR ".kiln"

struct editors_update {
	const struct session *s;
	const struct lesson *lesson;
	const char *dir; /* the lesson's folder, which is there */
	/* Files that have been removed are made again, if all else is same. */
	bool anew;
	int cancel_fd; /* -1: none */
};

/*
 * Write what is not up to date. Nothing at all while there is no toolroot or
 * no kernel. -1: something could not be written, or @e is ERR_CANCELLED.
 */
int editors_update(const struct editors_update *u, struct err *e);

/*
 * The same where it was asked for by starting the lesson, or by opening an
 * editor: what went wrong is told, and stops nothing. Ctrl-C ends it.
 */
void editors_tell(const struct session *s, const struct lesson *l,
		  const char *dir);

/* Is there a compile_commands.json in @dir? */
bool editors_has_commands(const char *dir);

#endif
