// SPDX-License-Identifier: GPL-2.0
/* Has a program started in the guest, as root, that writes to the log. */
#include <linux/umh.h>

#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	static char *argv[] = { "/init", "ok 1 work_answers", NULL };
	static char *envp[] = { NULL };

	pr_info("work: ready\n");
	return call_usermodehelper(argv[0], argv, envp, UMH_WAIT_EXEC);
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
