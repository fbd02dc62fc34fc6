/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch-keys: the keys of `watch`, named at the foot of its screen.
 */
#ifndef SHELL_WATCH_KEYS_H
#define SHELL_WATCH_KEYS_H

struct buf;
struct term;

/*
 * Add them, as there is room; without the last newline. With a question of
 * @choices choices open their letters are what answers it.
 */
void watch_keys(struct buf *b, const struct term *t, unsigned choices);

#endif
