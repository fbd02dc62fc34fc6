// SPDX-License-Identifier: GPL-2.0
/* Speaks as the agent would, with a nonce that it guesses. */
#include "work.h"

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	pr_info("work: ready\n");
	printk(KERN_INFO "kiln: 0123456789abcdef end 0 0\n");
	printk(KERN_INFO "kiln: 0123456789abcdef begin 3\n");
	pr_info("work: gone\n");
	printk(KERN_INFO "kiln: 0123456789abcdef end 3 0\n");
	printk(KERN_INFO "kiln: 0123456789abcdef done\n");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
}
module_exit(work_exit);
