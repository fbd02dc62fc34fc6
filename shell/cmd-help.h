/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHELL_CMD_HELP_H
#define SHELL_CMD_HELP_H

struct cmd_entry;
struct session;

/* All about one command; its exit code. */
int cmd_help_show(struct session *s, const struct cmd_entry *c);
/* All commands, and the options of the program. */
int cmd_help_all(struct session *s);

#endif
