// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Destroys a cache of which objects are still in use. */
static int bad_init(void)
{
	ready();
	struct kmem_cache *cache = kmem_cache_create("bad_things", 48, 0, 0,
						     NULL);

	if (!cache)
		return -ENOMEM;
	for (int i = 0; i < hidden(2); i++)
		if (!kmem_cache_alloc(cache, GFP_KERNEL))
			return -ENOMEM;
	kmem_cache_destroy(cache); /* HERE */
	return 0;
}
