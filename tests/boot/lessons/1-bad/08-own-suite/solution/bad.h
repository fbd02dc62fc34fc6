/* SPDX-License-Identifier: GPL-2.0 */
/* What every module in tests/boot/cases/ and tests/faults/ begins with. */
#ifndef BAD_H
#define BAD_H

#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/reboot.h>
#include <linux/refcount.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

static int bad_init(void);
module_init(bad_init);

/* A case with an exit of its own, or with none at all, says so first. */
#ifndef OWN_EXIT
static void bad_exit(void)
{
}
module_exit(bad_exit);
#endif

static inline void ready(void)
{
	pr_info("bad: ready\n");
}

/* What the compiler must not see through. */
#define hidden(x) ({ typeof(x) v_ = (x); OPTIMIZER_HIDE_VAR(v_); v_; })

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A module that misbehaves");
MODULE_LICENSE("GPL");

#endif
