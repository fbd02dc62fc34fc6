/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8: text of unknown origin made fit for a terminal, JSON and XML.
 *
 * Compilers and kernels print what a learner wrote, byte for byte. Pure.
 */
#ifndef CHECKER_UTF8_H
#define CHECKER_UTF8_H

#include <stddef.h>

struct buf;

/*
 * Add @len bytes of @s to @b: valid UTF-8 as it is, but for carriage
 * returns, which are dropped. What is not valid, and every control
 * character but newline and tab, becomes U+FFFD; so do U+FFFE and U+FFFF,
 * which are no characters, and which XML and YAML do not take.
 */
void utf8_add_clean(struct buf *b, const char *s, size_t len);

/* The longest length, at most @max, at which @s can be cut. */
size_t utf8_cut(const char *s, size_t len, size_t max);

#endif
