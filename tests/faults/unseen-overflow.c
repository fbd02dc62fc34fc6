// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Adds beyond the end of its type, which the kernel's C lets wrap. */
static int bad_init(void)
{
	ready();
	return hidden(INT_MAX) + 1 == 7;
}
