/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verdict-carry: a verdict from one process of ours to another.
 *
 * The bytes mean something to the very same program alone: they are for a
 * pipe between a process and its fork, not for a file.
 */
#ifndef CHECKER_VERDICT_CARRY_H
#define CHECKER_VERDICT_CARRY_H

#include <stddef.h>

struct buf;
struct verdict;

/* Add all of @v to @out. -1: no memory. */
int verdict_pack(struct buf *out, const struct verdict *v);
/* The reverse; -1 when the bytes end early or there is no memory. */
int verdict_unpack(struct verdict *v, const void *data, size_t len);

#endif
