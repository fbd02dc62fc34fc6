// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Prints 100 MB. */
static int bad_init(void)
{
	ready();
	for (int i = 0; i < 100 << 14; i++)
		pr_info("bad: %07d one of very many lines that nobody reads\n",
			i);
	return 0;
}
