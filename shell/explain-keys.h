/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain-keys: what `explain` can explain of an attempt.
 */
#ifndef SHELL_EXPLAIN_KEYS_H
#define SHELL_EXPLAIN_KEYS_H

#include <stdbool.h>

struct session;
struct strv;

/* Is @key, of an attempt, a code of Rust's or a kind of finding? */
bool explain_has(const char *key);

/* Those of the last attempt at the lesson at work, the most telling first. */
void explain_keys(struct strv *out, struct session *s);

#endif
