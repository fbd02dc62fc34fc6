// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Compiles, and nobody defines what it calls. */
int nobody_defines_this(void);

static int bad_init(void)
{
	return nobody_defines_this();
}
