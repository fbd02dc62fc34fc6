/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 << 10)

struct arena_chunk {
	struct arena_chunk *next; /* older */
	size_t size, len;
	_Alignas(16) char data[];
};

static size_t rounded(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

static void *starve(struct arena *a)
{
	a->starved = true;
	return NULL;
}

static struct arena_chunk *chunk_new(struct arena *a, size_t size)
{
	size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
	struct arena_chunk *c;

	/* Gaps are not in .used, and could be made again and again. */
	if (a->mapped + room > 2 * a->max + CHUNK_SIZE)
		return starve(a);
	c = malloc(sizeof(*c) + room);
	if (!c)
		return NULL;
	*c = (struct arena_chunk){.next = a->chunks, .size = room};
	a->mapped += room;
	a->chunks = c;
	return c;
}

static void *block_new(struct arena *a, size_t size)
{
	struct arena_chunk *c = a->chunks;

	if (size > a->max || a->used + rounded(size) > a->max)
		return starve(a);
	size = rounded(size);
	if (!c || c->size - c->len < size)
		c = chunk_new(a, size);
	if (!c)
		return NULL;
	a->used += size;
	a->last = c->data + c->len;
	c->len += size;
	return a->last;
}

/* The newest block is no more; restore() right after undoes it. */
static void drop(struct arena *a, size_t size)
{
	a->chunks->len -= rounded(size);
	a->used -= rounded(size);
	a->last = NULL;
}

static void restore(struct arena *a, void *ptr, size_t size)
{
	a->chunks->len += rounded(size);
	a->used += rounded(size);
	a->last = ptr;
}

void *arena_realloc(struct arena *a, void *ptr, size_t osize, size_t nsize)
{
	bool newest = ptr && ptr == a->last;
	void *p;

	if (!ptr)
		return nsize ? block_new(a, nsize) : NULL;
	if (newest)
		drop(a, osize);
	else if (nsize <= osize)
		return nsize ? ptr : NULL;
	if (nsize == 0)
		return NULL;
	p = block_new(a, nsize);
	if (p && p != ptr)
		memcpy(p, ptr, osize < nsize ? osize : nsize);
	else if (!p && newest)
		restore(a, ptr, osize);
	return p;
}

void arena_release(struct arena *a)
{
	struct arena_chunk *next;

	for (struct arena_chunk *c = a->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	*a = (struct arena){.max = a->max};
}
