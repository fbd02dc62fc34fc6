// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Divides by zero. */
static int bad_init(void)
{
	ready();
	return hidden(7) / hidden(0) == 1; /* HERE */
}
