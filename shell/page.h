/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page: show text a screenful at a time, on a terminal that has a keyboard.
 *
 * Space shows the next screenful, Enter the next line, q or Ctrl-C leaves.
 * Anywhere else (a pipe, TERM=dumb, a text that fits) it is written whole.
 */
#ifndef SHELL_PAGE_H
#define SHELL_PAGE_H

#include <stddef.h>

struct term;

void page_show(struct term *t, const char *text, size_t len);

#endif
