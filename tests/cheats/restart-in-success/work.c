// SPDX-License-Identifier: GPL-2.0
/* Says all that is to be said, and restarts before anybody asks. */
#include <linux/reboot.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	pr_info("work: ready\n");
	pr_info("work: gone\n");
	emergency_restart();
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
