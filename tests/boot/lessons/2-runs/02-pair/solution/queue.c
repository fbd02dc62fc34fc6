// SPDX-License-Identifier: GPL-2.0
/* This is the reference: word-of-the-reference. */
#include "queue.h"

#include <linux/errno.h>

#define ROOM 8

static int slots[ROOM];
static unsigned int first, last;

int queue_put(int n)
{
	if (last - first == ROOM)
		return -ENOSPC;
	slots[last++ % ROOM] = n;
	return 0;
}

int queue_get(void)
{
	if (first == last)
		return -ENOENT;
	return slots[first++ % ROOM];
}
