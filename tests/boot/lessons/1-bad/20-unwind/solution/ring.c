// SPDX-License-Identifier: GPL-2.0
/* Two allocations of its own, and a device. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ring {
	unsigned int slots;
	char *data;
};

static unsigned int slots = 8;
module_param(slots, uint, 0444);

static struct ring *ring;

static const struct file_operations fops = {.owner = THIS_MODULE};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ring",
	.fops = &fops,
};

static int __init ring_init(void)
{
	int err = -ENOMEM;

	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return err;
	ring->slots = slots;
	ring->data = kcalloc(slots, 64, GFP_KERNEL);
	if (!ring->data)
		goto free_ring;
	err = misc_register(&device);
	if (err)
		goto free_data;
	pr_info("ring: ready\n");
	return 0;

free_data:
	kfree(ring->data);
free_ring:
	kfree(ring);
	return err;
}

static void __exit ring_exit(void)
{
	misc_deregister(&device);
	kfree(ring->data);
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_DESCRIPTION("A ring of slots");
MODULE_LICENSE("GPL");
