/* SPDX-License-Identifier: GPL-2.0 */
/* Two threads that are let go at once, and what comes of it. */
#ifndef TWO_H
#define TWO_H

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/random.h>
#include <linux/spinlock.h>

/* The learner's: what each thread does, and whether all is well then. */
static void work(void);
static bool all_there(void);

static DECLARE_COMPLETION(gate);
static struct completion done[2];

static int thread(void *arg)
{
	wait_for_completion(&gate);
	work();
	complete(arg);
	return 0;
}

static int two_init(void)
{
	pr_info("two: drew %08x\n", get_random_u32());
	for (int i = 0; i < 2; i++) {
		init_completion(&done[i]);
		if (IS_ERR(kthread_run(thread, &done[i], "two%d", i)))
			return -ENOMEM;
	}
	complete_all(&gate);
	for (int i = 0; i < 2; i++)
		wait_for_completion(&done[i]);
	pr_info("two: %s\n", all_there() ? "all there" : "some lost");
	return 0;
}
module_init(two_init);

static void two_exit(void)
{
}
module_exit(two_exit);

/* What the compiler must not make one instruction of. */
#define hidden(x) ({ typeof(x) v_ = (x); OPTIMIZER_HIDE_VAR(v_); v_; })

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Two threads");
MODULE_LICENSE("GPL");

#endif
