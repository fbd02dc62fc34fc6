// SPDX-License-Identifier: GPL-2.0
/* REPLACE: the C side. */
#include <linux/errno.h>
#include <linux/export.h>

#include "half.h"

int half_of(int n)
{
	/* REPLACE: what stands between these markers, the learner writes. */
	// BEGIN SOLUTION
	if (n < 0 || n % 2)
		return -EINVAL;
	return n / 2;
	// STUB
	// /* TODO: half of n, or -EINVAL where there is none */
	// return -EOPNOTSUPP;
	// END SOLUTION
}
EXPORT_SYMBOL_GPL(half_of);
