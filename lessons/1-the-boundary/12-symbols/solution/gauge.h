/* SPDX-License-Identifier: GPL-2.0 */
/* What gauge.ko offers to other modules. */
#ifndef GAUGE_H
#define GAUGE_H

#include <linux/types.h>

/**
 * gauge_percent() - how full it is
 * @level: what is in it
 * @size: what fits into it
 *
 * Return: 0 to 100; 100 if there is more in it than fits, or nothing fits.
 */
u32 gauge_percent(u32 level, u32 size);

/**
 * gauge_calls() - how often gauge_percent() was called
 */
u64 gauge_calls(void);

#endif
