// SPDX-License-Identifier: GPL-2.0
/*
 * The types of the kernel and of some of its variables, for gdb.
 *
 * Kiln's kernel has no DWARF but for its lines: with types it would be ten
 * times the size. This is compiled with -g against it, and linked so that
 * each variable has the address of the kernel's own (types.sh); nothing of it
 * is ever loaded. The lx- commands of scripts/gdb/linux ask for these.
 */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <kunit/test.h>
#include <asm/current.h>

#include "module/internal.h"
#include "mount.h"
#include "printk/printk_ringbuffer.h"

/* kernel/module/sysfs.c */
struct module_sect_attrs {
	struct attribute_group grp;
	struct bin_attribute attrs[];
};

struct list_head modules;
struct printk_ringbuffer *prb;
struct task_struct init_task;
struct cpumask __cpu_online_mask;
struct cpumask __cpu_possible_mask;
struct cpumask __cpu_present_mask;
struct cpumask __cpu_active_mask;
unsigned long __per_cpu_offset[NR_CPUS];
char *saved_command_line;
struct list_head slab_caches;
unsigned int hrtimer_resolution;

DEFINE_PER_CPU_CACHE_HOT(struct task_struct *, current_task);

/* So that what only pointers name is whole too. */
struct {
	struct module_sect_attrs *sections;
	struct module_use use;
	struct mount mount;
	struct dentry dentry;
	struct inode inode;
	struct file file;
	struct printk_info info;
	struct prb_desc desc;
	struct thread_info thread_info;
	struct kunit_suite suite;
	struct kunit test;
	struct kunit_case kase;
	struct pci_dev pci;
	struct platform_device platform;
	struct miscdevice misc;
	struct work_struct work;
	struct xa_node xa_node;
	struct rb_root rb_root;
	struct rb_node rb_node;
	struct hlist_head hlist_head;
	struct irq_desc irq;
	atomic_long_t atomic_long;
	size_t size;
} kiln_types;

MODULE_DESCRIPTION("Types for gdb, not to be loaded");
MODULE_LICENSE("GPL");
