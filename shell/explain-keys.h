/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain-keys: what `explain` can explain of an attempt.
 */
#ifndef SHELL_EXPLAIN_KEYS_H
#define SHELL_EXPLAIN_KEYS_H

#include <stdbool.h>

struct buf;
struct session;
struct strv;

/* Is @key, of an attempt, a code of Rust's, a kind of finding, a verdict? */
bool explain_has(const char *key);
/* What a verdict of that name means, as Markdown, or NULL: nothing to say. */
const char *explain_verdict(const char *key);

/* Those of the last attempt at the lesson at work, the most telling first. */
void explain_keys(struct strv *out, struct session *s);

/*
 * The first error of the last build, where the compiler gave it no code: what
 * there is to say of it, as Markdown. False, and nothing added: it has a code,
 * or no build is on record.
 */
bool explain_first(struct buf *md, struct session *s);

#endif
