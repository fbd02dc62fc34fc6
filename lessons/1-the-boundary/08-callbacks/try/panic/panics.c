// SPDX-License-Identifier: GPL-2.0
/* Calls what panics, in a thread of its own, and looks at what is left. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>

#include "door.h"
#include "sensors.h"

static bool returned;

static int walk(void *unused)
{
	int sum = 0;
	int ret = rack_sum(&sum);

	WRITE_ONCE(returned, true);
	pr_info("panics: for_each() has returned %d\n", ret);
	return 0;
}

static int __init panics_init(void)
{
	struct task_struct *task = kthread_create(walk, NULL, "walk");

	if (IS_ERR(task))
		return PTR_ERR(task);

	get_task_struct(task);
	wake_up_process(task);
	msleep(500);

	pr_info("panics: for_each() has %sreturned, and its thread %s\n",
		READ_ONCE(returned) ? "" : "not ",
		READ_ONCE(task->exit_state) ? "is gone" : "is there");
	pr_info("panics: the mutex of the rack is %s\n",
		rack_is_locked() ? "locked" : "free");
	put_task_struct(task);
	return 0;
}
module_init(panics_init);

MODULE_DESCRIPTION("Calls what panics");
MODULE_LICENSE("GPL");
