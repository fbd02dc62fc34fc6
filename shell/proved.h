/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proved: which lessons were proved as they are now, by this very program, on
 * this kernel.
 *
 * cache/proved/KEY is a file for each; KEY is made of all that stands in the
 * lesson's folder, the kernel, the toolroot and Kiln's own executable. A
 * change of any of them is another key.
 */
#ifndef SHELL_PROVED_H
#define SHELL_PROVED_H

#include "checker/hash.h"

#include <stdbool.h>

struct err;
struct store;

int proved_key(char key[HASH_KEY_LEN + 1], const struct store *s,
	       const char *lesson_dir, struct err *e);
bool proved_before(const struct store *s, const char *key);
/* @id is for people who look. That it cannot be kept is no failure. */
void proved_remember(const struct store *s, const char *key, const char *id);

#endif
