/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHELL_CMD_START_H
#define SHELL_CMD_START_H

struct catalogue_entry;
struct lesson;
struct session;

/* Make the work folder of @c, begin it, show it; an exit code. */
int cmd_start_lesson(struct session *s, const struct catalogue_entry *c);

/* Where the files are, which to edit, and that `check` is next. */
void cmd_start_files(struct session *s, const struct lesson *l,
		     const char *dir);

#endif
