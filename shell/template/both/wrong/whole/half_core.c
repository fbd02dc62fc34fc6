// SPDX-License-Identifier: GPL-2.0
/* REPLACE: an answer that is wrong: nothing is halved. */
#include <linux/errno.h>
#include <linux/export.h>

#include "half.h"

int half_of(int n)
{
	if (n < 0 || n % 2)
		return -EINVAL;
	return n;
}
EXPORT_SYMBOL_GPL(half_of);
