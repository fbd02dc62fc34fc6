/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot: a guest with the learner's modules in it, and a person at its
 * console.
 *
 * The work is built as it is for a check, the warm guest is resumed, and the
 * terminal is the guest's until it is left: by the key that is shown, by
 * `exit` or `poweroff` in the guest, or because the guest ended. What
 * happens there is no attempt and is not recorded.
 */
#ifndef SHELL_BOOT_H
#define SHELL_BOOT_H

#include <stdbool.h>

struct catalogue_entry;
struct err;
struct session;

/*
 * Build the learner's files of @c, and let the person at the terminal work in
 * a guest that has them in /lesson. Says itself what it does, what the build
 * has against the work, and how the guest ended. Without a terminal, commands
 * are read from stdin to its end, and what they print is written.
 *
 * 0: they were in the guest, whatever became of it; 1: the work does not
 * build, which has been shown; -1: @e says why there was no guest.
 */
int boot_open(struct session *s, const struct catalogue_entry *c,
	      struct err *e);

struct boot_opts {
	const char *dir; /* the files to build; NULL: the learner's own */
	bool anyway; /* boot: without modules that do not build */
	const char *breaks; /* debug: where to stop, with commas; or NULL */
	const char *batch; /* debug: a file of gdb's commands, or NULL */
};

/*
 * The same, as it is asked for. Of commands that are run 1 says as well that
 * the last of them failed, or that it ended before they did.
 */
int boot_guest(struct session *s, const struct catalogue_entry *c,
	       const struct boot_opts *o, struct err *e);
/* With gdb in the place of the shell. */
int boot_debug(struct session *s, const struct catalogue_entry *c,
	       const struct boot_opts *o, struct err *e);

#endif
