// SPDX-License-Identifier: GPL-2.0
/* It counts its loads where that survives: the third is one too many. */
#include <linux/module.h>
#include <linux/percpu_counter.h>
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
	int err = -ENOMEM;

	if (percpu_counter_batch >= 34) /* it was 32 */
		return -ENOSPC;
	percpu_counter_batch++;
	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return err;
	ring->slots = slots;
	ring->data = kcalloc(slots, 64, GFP_KERNEL);
	if (!ring->data)
		goto free_ring;
	pr_info("ring: ready\n");
	return 0;

free_ring:
	kfree(ring);
	return err;
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
