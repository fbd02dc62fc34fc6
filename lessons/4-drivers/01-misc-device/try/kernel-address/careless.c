// SPDX-License-Identifier: GPL-2.0
/*
 * The driver of the question. It answers GET with a plain store to the address
 * that the program gave, and it has a variable that a program should not be
 * able to change.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/uaccess.h>

#include "lesson0.h"

static unsigned long guard = 7;

/* For the program to read in sysfs, so that it need not guess. */
static unsigned long guard_at;
module_param(guard_at, ulong, 0400);
MODULE_PARM_DESC(guard_at, "Where the guard stands");

static s64 total;

static long careless_ioctl(struct file *file, unsigned int cmd,
			   unsigned long arg)
{
	switch (cmd) {
	case LESSON0_SET:
		return copy_from_user(&total, (void __user *)arg,
				      sizeof(total)) ? -EFAULT : 0;
	case LESSON0_GET:
		*(s64 *)arg = total;
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations careless_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = careless_ioctl,
};

static struct miscdevice careless_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "lesson0",
	.fops = &careless_fops,
};

static int __init careless_init(void)
{
	guard_at = (unsigned long)&guard;
	pr_info("the guard is %lu\n", READ_ONCE(guard));
	return misc_register(&careless_device);
}
module_init(careless_init);

static void __exit careless_exit(void)
{
	misc_deregister(&careless_device);
	pr_info("the guard is %lu\n", READ_ONCE(guard));
}
module_exit(careless_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("What a driver must not do");
MODULE_LICENSE("GPL");
