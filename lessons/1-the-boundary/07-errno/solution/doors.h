/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The doors by which the tests come in. They are given, in depot_rs.rs, and
 * each does nothing but call one function of convert.rs.
 */
#ifndef DOORS_H
#define DOORS_H

#include <linux/types.h>

/* How a Result, or an Option in a Result, is told apart without any errno. */
#define IS_OK	1
#define IS_NONE	2
#define IS_AN_ERR 3

/* A value as C returned it goes in; what Rust sees comes out. */
int seen_status(int ret, int *err);
int seen_count(int ret, size_t *n, int *err);
int seen_lookup(void *ptr, void **found, int *err);
int seen_alloc(void *ptr, void **found, int *err);

/* What Rust has goes in; what a caller in C would get comes out. */
int told_status(int what, int err);
int told_count(int what, size_t n, int err);
void *told_lookup(int what, void *ptr, int err);
void *told_alloc(int what, void *ptr, int err);

#endif
