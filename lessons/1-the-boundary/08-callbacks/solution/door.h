/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The door by which the tests come in: five closures of different shapes.
 * All return what for_each() returned, 0 or a negative errno.
 */
#ifndef DOOR_H
#define DOOR_H

#include <linux/types.h>

/* The closure changes a variable of the function around it. */
int rack_sum(int *sum);
/* It fills a slice, and stops with -ENOSPC when there is no more room. */
int rack_copy(int *dst, size_t room, size_t *copied);
/* It stops with this very errno when it comes to the slot. */
int rack_stop_at(unsigned int slot, int errno);
/* It counts in a variable of its own, and tells the count each time. */
int rack_count(unsigned int *count);
/* It owns something on the heap, and counts how often that is dropped. */
int rack_owner(int *sum, unsigned int *drops);

/* The same in door.rs, not exported. */
int rack_rs_sum(int *sum);
int rack_rs_copy(int *dst, size_t room, size_t *copied);
int rack_rs_stop_at(unsigned int slot, int errno);
int rack_rs_count(unsigned int *count);
int rack_rs_owner(int *sum, unsigned int *drops);

#endif
