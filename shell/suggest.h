/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suggest: what was probably meant. Pure.
 */
#ifndef SHELL_SUGGEST_H
#define SHELL_SUGGEST_H

#include <stddef.h>

struct strv;

/*
 * Insertions, deletions, changes and swaps of neighbours that lead from @a
 * to @b. Only the first 63 bytes of each are looked at.
 */
unsigned edit_distance(const char *a, const char *b);

/*
 * The word of the NULL-terminated @words that is nearest to @word, or NULL
 * when none is near enough to be meant. @words may be NULL.
 */
const char *suggest(const char *word, const char *const *words);

/* Likewise of the words of all of the NULL-terminated @lists. */
const char *suggest_of(const char *word, const struct strv *const *lists);

#endif
