// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* The compiler refuses it. */
static int bad_init(void)
{
	return no_such_name;
}
