// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Is right, and prints the real suite's results a second time. */
int bad_answer(int question);

int bad_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(bad_answer);

static int bad_init(void)
{
	pr_info("    KTAP version 1\n");
	pr_info("    # Subtest: bad_answers\n");
	pr_info("    1..2\n");
	pr_info("    ok 1 doubles\n");
	pr_info("    ok 2 nothing_stays_nothing\n");
	pr_info("ok 1 bad_answers\n");
	return 0;
}
