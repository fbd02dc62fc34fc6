/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topic: what `help` can tell: the commands in groups, and some pages that
 * are about no command.
 *
 * A command stands in one group, by its name; one that this table does not
 * know is shown under "More".
 */
#ifndef SHELL_TOPIC_H
#define SHELL_TOPIC_H

#include <stdbool.h>
#include <stddef.h>

struct strv;

struct topic_line {
	const char *label, *text;
};

struct topic {
	const char *name; /* `help NAME` */
	const char *title;
	const char *const *commands; /* ends in NULL; or NULL: a page */
	const struct topic_line *lines; /* of a page; ends in an empty one */
	const char *after; /* below a page; or NULL */
};

/* Groups first; ends in one without a name. */
extern const struct topic topics[];

const struct topic *topic_find(const char *name);
/* Whether a group names @command; a hidden one is in none. */
bool topic_has(const char *command);

#endif
