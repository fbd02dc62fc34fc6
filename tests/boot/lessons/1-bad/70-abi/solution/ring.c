// SPDX-License-Identifier: GPL-2.0
#include <linux/errno.h>

#include "ring.h"

int ring_limit = 7;

int ring_push(struct ring *r, int value)
{
	if (r->head - r->tail >= RING_SIZE)
		return -ENOSPC;
	r->slots[r->head++ % RING_SIZE] = value;
	return 0;
}

/* Nobody calls it by its name: what it is says the table alone. */
const struct ring_ops ring_kinds[2] = {{}, {.seen = ring_first}};

int ring_tell(struct ring *r)
{
	if (r->kind == 1)
		return ring_kinds[r->kind].seen(r, 0);
	return ring_nothing(r) + ring_zero(r) +
	       r->ops->seen(r, ring_count(r));
}
