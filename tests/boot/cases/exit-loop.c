// SPDX-License-Identifier: GPL-2.0
#define OWN_EXIT
#include "bad.h"

/* Loads well, and never comes out of its exit. */
static void bad_exit(void)
{
	for (;;) /* HERE */
		barrier(); /* HERE */
}
module_exit(bad_exit);

static int bad_init(void)
{
	ready();
	return 0;
}
