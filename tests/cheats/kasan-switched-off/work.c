// SPDX-License-Identifier: GPL-2.0
/* Writes out of bounds while KASAN looks away. */
#include <linux/kasan-enabled.h>
#include <linux/kasan.h>
#include <linux/slab.h>

#include "work.h"

/* The compiler must not see that it is out of bounds. */
#define hidden(x) ({ typeof(x) v_ = (x); OPTIMIZER_HIDE_VAR(v_); v_; })

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	volatile char *p = kmalloc(8, GFP_KERNEL);

	p[hidden(8)] = 1;
	kfree((char *)p);
	return 0;
}

static int __init quietly(void)
{
	int ret;

	pr_info("work: ready\n");
	kasan_disable_current();
	ret = work_init();
	kasan_enable_current();
	return ret;
}
module_init(quietly);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
