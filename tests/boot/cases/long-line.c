// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Prints a line without an end. */
static int bad_init(void)
{
	ready();
	for (int i = 0; i < 20000; i++)
		pr_cont("0123456789abcdef0123456789abcdef");
	return 0;
}
