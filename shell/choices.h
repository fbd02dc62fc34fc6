/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * choices: what a word may become, shown below the line being typed.
 */
#ifndef SHELL_CHOICES_H
#define SHELL_CHOICES_H

struct buf;
struct strv;
struct term;

/*
 * Add @usage (wrapped; may be empty), then the words: a line each with its
 * note where there are notes and the screen has room, else in columns. Lines
 * end in "\n". @notes: one for each of @words, or an empty list.
 */
void choices_add(struct buf *out, const struct term *t, const char *usage,
		 const struct strv *words, const struct strv *notes);

#endif
