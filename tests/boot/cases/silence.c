// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/console.h>

/* Takes the console, so that nothing more is heard. */
static int bad_init(void)
{
	ready();
	console_lock(); /* HERE */
	return 0;
}
