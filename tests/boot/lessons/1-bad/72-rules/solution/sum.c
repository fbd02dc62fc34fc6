// SPDX-License-Identifier: GPL-2.0
#include <linux/printk.h>

int rules_sum(int a, int b);

int rules_sum(int a, int b)
{
	int all = 0;

	pr_info("rulesmod: add %d\n", a);
	all += a;
	pr_info("rulesmod: add %d\n", b);
	all += b;
	return all;
}
