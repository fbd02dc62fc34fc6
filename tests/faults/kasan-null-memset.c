// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Clears what was not allocated. */
static int bad_init(void)
{
	ready();
	memset(hidden((char *)NULL), 0, hidden(16)); /* HERE */
	return 0;
}
