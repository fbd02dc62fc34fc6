// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Calls a callback that nobody has set. */
struct ops {
	int (*open)(int minor);
};
static struct ops ops;

static int bad_init(void)
{
	ready();
	return hidden(&ops)->open(1); /* HERE */
}
