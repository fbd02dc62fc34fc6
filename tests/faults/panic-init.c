// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Kills process 1, the agent, after it has taken its protection away. */
static int bad_init(void)
{
	struct task_struct *init;

	ready();
	rcu_read_lock();
	init = pid_task(find_vpid(1), PIDTYPE_PID);
	if (init) {
		init->signal->flags &= ~SIGNAL_UNKILLABLE;
		send_sig(SIGSEGV, init, 1);
	}
	rcu_read_unlock();
	msleep(100);
	return 0;
}
