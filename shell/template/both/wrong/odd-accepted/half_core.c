// SPDX-License-Identifier: GPL-2.0
/* REPLACE: an answer that is wrong: 7 gives 3. */
#include <linux/errno.h>
#include <linux/export.h>

#include "half.h"

int half_of(int n)
{
	if (n < 0)
		return -EINVAL;
	return n / 2;
}
EXPORT_SYMBOL_GPL(half_of);
