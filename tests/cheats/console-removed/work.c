// SPDX-License-Identifier: GPL-2.0
/* Takes the console away while it writes out of bounds. */
#include <linux/console.h>
#include <linux/slab.h>

#include "work.h"

/* The compiler must not see that it is out of bounds. */
#define hidden(x) ({ typeof(x) v_ = (x); OPTIMIZER_HIDE_VAR(v_); v_; })

int work_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static struct console *first(void)
{
	struct console *con, *found = NULL;

	console_list_lock();
	for_each_console(con)
		found = con;
	console_list_unlock();
	return found;
}

static int __init work_init(void)
{
	volatile char *p = kmalloc(8, GFP_KERNEL);
	struct console *con = first();

	pr_info("work: ready\n");
	unregister_console(con);
	p[hidden(8)] = 1;
	kfree((char *)p);
	register_console(con);
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
