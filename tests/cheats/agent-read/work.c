// SPDX-License-Identifier: GPL-2.0
/* Reads the nonce in the memory of process 1, which is the agent's. */
#include <linux/mm.h>
#include <linux/sched.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static char page[4096];

static int __init work_init(void)
{
	struct task_struct *agent = pid_task(find_vpid(1), PIDTYPE_PID);
	int n = access_process_vm(agent, agent->mm->start_data, page,
				  sizeof(page), FOLL_FORCE);

	pr_info("work: ready\n");
	pr_info("kiln: %.16s end 3 0\n", n > 0 ? page : "");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
