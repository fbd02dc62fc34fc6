/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page: show text a screenful at a time, on a terminal that has a keyboard.
 *
 * Space shows the next screenful, b the one before, Enter one more line, g
 * and G the beginning and the end; "/" searches (n: again), without regard to
 * case; "?" names the keys; q or Ctrl-C leaves, and so do Space and Enter at
 * the end, where it waits as anywhere: a key that is meant for it is not to
 * become a command. What was shown stays on the screen. Anywhere else (a
 * pipe, TERM=dumb, a text that fits) it is written whole.
 */
#ifndef SHELL_PAGE_H
#define SHELL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct term;

/* Adds the text as it is to look on @t; called anew when @t is resized. */
typedef void page_fn(struct buf *out, const struct term *t, void *arg);

/* False: it was left before its end. */
bool page_render(struct term *t, page_fn *fn, void *arg);
/*
 * Likewise, but the last *@keep bytes, which @fn sets, are shown even then:
 * those of them that had not been.
 */
void page_render_to(struct term *t, page_fn *fn, void *arg, const size_t *keep);
/* A text that is there; its lines stay as they are. */
void page_show(struct term *t, const char *text, size_t len);

#endif
