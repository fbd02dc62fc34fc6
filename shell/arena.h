/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena: memory for something short-lived, all of it given back at once.
 *
 * Only the newest block can be given back or grow where it is; whatever else
 * is freed stays until the end, and counts. Not for threads to share.
 */
#ifndef SHELL_ARENA_H
#define SHELL_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
	size_t max;    /* bytes that it may give out */
	size_t used;   /* that it has given out */
	size_t mapped; /* that it has, with gaps; at most about twice .max */
	bool starved;  /* something was refused because of .max */
	struct arena_chunk *chunks;
	void *last; /* the newest block, or NULL */
};

/*
 * As realloc(): @ptr of @osize bytes, or NULL for a new block, becomes a
 * block of @nsize bytes, aligned for any type; 0 frees it. NULL: refused,
 * and @ptr is as it was.
 */
void *arena_realloc(struct arena *a, void *ptr, size_t osize, size_t nsize);
void arena_release(struct arena *a);

#endif
