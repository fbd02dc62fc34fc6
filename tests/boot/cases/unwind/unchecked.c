// SPDX-License-Identifier: GPL-2.0
/* What kcalloc() gave is used unseen. */
#include <linux/module.h>
#include <linux/slab.h>

struct ring {
	unsigned int slots;
	char *data;
};

static unsigned int slots = 8;
module_param(slots, uint, 0444);

static struct ring *ring;

static int __init ring_init(void)
{
	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	ring->slots = slots;
	ring->data = kcalloc(slots, 64, GFP_KERNEL);
	ring->data[64] = 1;
	pr_info("ring: ready\n");
	return 0;
}

static void __exit ring_exit(void)
{
	kfree(ring->data);
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_DESCRIPTION("A ring of slots");
MODULE_LICENSE("GPL");
