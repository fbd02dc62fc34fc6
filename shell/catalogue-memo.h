/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * catalogue-memo: what was read of each lesson, remembered in a file, so that
 * many lessons are listed without running all their scripts.
 *
 * What is remembered of a lesson holds while its folder is as it was: the
 * times and sizes of lesson.lua and text.md, and the times of its folders. A
 * lesson that was broken, or that changed in the last moment, is not
 * remembered. Only the catalogue uses this: who works with a lesson loads it.
 */
#ifndef SHELL_CATALOGUE_MEMO_H
#define SHELL_CATALOGUE_MEMO_H

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct catalogue_entry;
struct memo;

/* Reads @path; what is no such file is as good as none. NULL: no memory. */
struct memo *memo_new(const char *path);
void memo_free(struct memo *m);

/* Fill title, minutes and needs of @en. Threads may ask at once. */
bool memo_recall(const struct memo *m, struct catalogue_entry *en);

/*
 * Write all of @c, for the next time; that it cannot be written is no loss.
 */
void memo_write(const char *path, const struct catalogue *c);

#endif
