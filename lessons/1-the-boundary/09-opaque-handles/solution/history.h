/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A history of measurements. What is in it only Rust knows: to C a struct
 * history is a name, and a pointer to one is a handle.
 *
 * Whoever owns a handle sees to it that calls for this handle do not overlap.
 * All but history_sum() may sleep.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include <linux/types.h>

struct history;

/**
 * history_new() - make an empty history
 * @nr: a number for the log
 * @limit: how many values it may hold, at least 1
 *
 * Return: a handle, which the caller owns and must give to history_free() in
 * the end; or NULL if @limit is 0, or there is no memory.
 */
struct history *history_new(unsigned int nr, unsigned int limit);

/**
 * history_add() - add a value
 * @h: a handle; the caller keeps it
 * @value: the value
 *
 * Return: 0; -ENOSPC if @h holds as many as it may; -ENOMEM if there is no
 * memory.
 */
int history_add(struct history *h, int value);

/**
 * history_sum() - add all values up
 * @h: a handle; the caller keeps it
 *
 * Return: the sum.
 */
s64 history_sum(const struct history *h);

/**
 * history_free() - the end of a history
 * @h: a handle, which is gone afterwards; or NULL, then nothing is done
 */
void history_free(struct history *h);

/* How many histories there are, for the tests. */
int history_alive(void);

#endif
