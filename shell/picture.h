/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * picture: the tracks, a sign a lesson, as wide as the terminal allows. In
 * plain mode the same in words.
 */
#ifndef SHELL_PICTURE_H
#define SHELL_PICTURE_H

struct term;
struct track_map;

void picture_show(const struct term *t, const struct track_map *m);

#endif
