/* SPDX-License-Identifier: GPL-2.0 */
/* What is asked for: /dev/work, whose ioctl gives twice its argument. */
#ifndef WORK_H
#define WORK_H

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

static long work_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

static const struct file_operations work_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = work_ioctl,
};

static struct miscdevice work_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "work",
	.fops = &work_fops,
};
module_misc_device(work_device);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A device that answers");
MODULE_LICENSE("GPL");

#endif
