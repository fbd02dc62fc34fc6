/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd-author: what the commands for authors share: which lessons are meant.
 */
#ifndef SHELL_CMD_AUTHOR_H
#define SHELL_CMD_AUTHOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue_entry;
struct cmd_args;
struct cmd_entry;
struct err;
struct session;

extern const struct cmd_entry cmd_author_case_entry;
extern const struct cmd_entry cmd_author_lint_entry;
extern const struct cmd_entry cmd_author_mutate_entry;
extern const struct cmd_entry cmd_author_new_entry;
extern const struct cmd_entry cmd_author_test_entry;

/* Lessons that were named, each once, in the order of the catalogue. */
struct author_choice {
	const struct catalogue_entry **v; /* the session's */
	size_t n;
};

/*
 * Those that @a names, or the one at work when it names none; with @all every
 * one there is. Opens the session. On failure @c is empty.
 */
int author_choose(struct author_choice *c, struct session *s,
		  const struct cmd_args *a, bool all, struct err *e);
void author_choice_release(struct author_choice *c);

/* "--jobs N" of @a, or what the machine has room for; -1: ERR_USAGE. */
int author_jobs(unsigned *jobs, const struct cmd_args *a, struct err *e);
/* A whole number of flag @name, from @min to @max; *@out stays if not given. */
int author_number(long *out, const struct cmd_args *a, const char *name,
		  long min, long max, struct err *e);

/*
 * ", about 2 min left", when @done of @all were done since mono_ms() was
 * @began; "" as long as that cannot be told.
 */
const char *author_left(char out[64], int64_t began, size_t done, size_t all);

#endif
