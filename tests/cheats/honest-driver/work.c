// SPDX-License-Identifier: GPL-2.0
/* Uses much of what drivers use: locks, threads, timers, debugfs, itself. */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "work.h"

static DEFINE_MUTEX(lock);
static int last, ticks;
static struct dentry *dir;
static struct task_struct *thread;
static struct hrtimer timer;

static void remember(int answer)
{
	lockdep_assert_held(&lock);
	last = answer;
}

int work_answer(int question)
{
	mutex_lock(&lock);
	remember(question * 2);
	mutex_unlock(&lock);
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int run(void *unused)
{
	while (!kthread_should_stop())
		msleep_interruptible(10);
	return 0;
}

static enum hrtimer_restart tick(struct hrtimer *t)
{
	hrtimer_forward_now(t, ms_to_ktime(1));
	return ++ticks < 5 ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

static int __init work_init(void)
{
	void *memory = vmalloc(8192);

	vfree(memory);
	dir = debugfs_create_dir("work", NULL);
	debugfs_create_u32("last", 0444, dir, &last);
	thread = kthread_run(run, NULL, "%s", THIS_MODULE->name);
	if (IS_ERR(thread)) {
		debugfs_remove(dir);
		return PTR_ERR(thread);
	}
	hrtimer_setup(&timer, tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	hrtimer_start(&timer, ms_to_ktime(1), HRTIMER_MODE_REL);
	pr_info("%s: ready\n", module_name(THIS_MODULE));
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	hrtimer_cancel(&timer);
	kthread_stop(thread);
	debugfs_remove(dir);
	pr_info("work: gone\n");
}
module_exit(work_exit);
