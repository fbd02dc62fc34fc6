// SPDX-License-Identifier: GPL-2.0
#include <linux/err.h>
#include <linux/slab.h>

#include "depot.h"

#define HEAVIEST 1000

struct part {
	unsigned int weight;
};

static struct part bolt = { .weight = 20 };
static struct part wheel = { .weight = 900 };

static const struct {
	struct part *part;
	int stock;
} slots[DEPOT_SLOTS] = {
	{ &bolt, 12 },
	{ NULL, 0 },
	{ &wheel, 3 },
	{ NULL, 0 },
};

int depot_reserve(unsigned int slot)
{
	if (slot >= DEPOT_SLOTS)
		return -ENXIO;
	if (!slots[slot].part)
		return -EBUSY;
	return 0;
}

int depot_stock(unsigned int slot)
{
	if (slot >= DEPOT_SLOTS)
		return -ENXIO;
	return slots[slot].stock;
}

struct part *depot_find(unsigned int slot)
{
	if (slot >= DEPOT_SLOTS)
		return ERR_PTR(-ENXIO);
	return slots[slot].part;
}

struct part *depot_make(unsigned int weight)
{
	struct part *part;

	if (weight > HEAVIEST)
		return NULL;

	part = kmalloc_obj(*part);
	if (part)
		part->weight = weight;
	return part;
}

void depot_scrap(struct part *part)
{
	kfree(part);
}
