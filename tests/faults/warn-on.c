// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Meets a condition that it declared impossible. */
static int bad_init(void)
{
	ready();
	return WARN_ON(hidden(7) > 3) ? 0 : -EINVAL; /* HERE */
}
