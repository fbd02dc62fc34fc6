// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes to a free object where no compiler watches. */
static noinline void scribble(char *p)
{
	asm volatile("movb $1, 100(%0)" : : "r"(p) : "memory");
}

static int bad_init(void)
{
	ready();
	struct kmem_cache *cache = kmem_cache_create("bad_things", 200, 0,
			SLAB_CONSISTENCY_CHECKS | SLAB_POISON, NULL);
	char *neighbour, *p;

	if (!cache)
		return -ENOMEM;
	neighbour = kmem_cache_alloc(cache, GFP_KERNEL);
	p = kmem_cache_alloc(cache, GFP_KERNEL);
	if (!neighbour || !p)
		return -ENOMEM;
	kmem_cache_free(cache, p);
	kmem_cache_shrink(cache); /* empties KASAN's quarantine */
	scribble(p);
	for (int i = 0; i < 40; i++)
		kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_KERNEL));
	kmem_cache_free(cache, neighbour);
	kmem_cache_destroy(cache);
	return 0;
}
