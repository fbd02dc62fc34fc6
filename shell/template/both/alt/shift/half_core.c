// SPDX-License-Identifier: GPL-2.0
/* REPLACE: another right answer, of another shape. */
#include <linux/errno.h>
#include <linux/export.h>

#include "half.h"

int half_of(int n)
{
	if (n >= 0 && !(n & 1))
		return n >> 1;
	return -EINVAL;
}
EXPORT_SYMBOL_GPL(half_of);
