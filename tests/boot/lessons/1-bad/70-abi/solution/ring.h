/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RING_H
#define RING_H

#include <linux/types.h>

#define RING_SIZE 4

struct ring_ops;

struct ring {
	u8 flags;
	u32 head;
	u32 tail;
	u8 kind;
	int slots[RING_SIZE];
	const struct ring_ops *ops;
};

struct ring_ops {
	int (*seen)(struct ring *r, unsigned int count);
};

extern int ring_limit;
extern const struct ring_ops ring_kinds[2];

/* C's. */
int ring_push(struct ring *r, int value);
int ring_tell(struct ring *r);

/* Rust's. */
unsigned int ring_count(const struct ring *r);
int ring_nothing(struct ring *r);
int ring_zero(struct ring *r);
int ring_first(struct ring *r, unsigned int count);

#endif
