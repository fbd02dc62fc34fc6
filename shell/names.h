/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names: what lessons may call things. Pure.
 */
#ifndef SHELL_NAMES_H
#define SHELL_NAMES_H

#include <stdbool.h>

/* Words of [a-z0-9], joined by single dashes. */
bool is_slug(const char *s);

/*
 * A relative path of [A-Za-z0-9._+-] that stays where it is: no "..", and no
 * part that is empty or starts with a dot or a dash.
 */
bool is_safe_path(const char *s);

#endif
