// SPDX-License-Identifier: GPL-2.0
/* EXPORT_SYMBOL() exists in C only: these lend it to door.rs. */
#include <linux/export.h>

#include "door.h"

u32 stats_rs_longest(const u32 *samples, size_t n)
{
	return door_longest(samples, n);
}
EXPORT_SYMBOL_GPL(stats_rs_longest);

u32 stats_rs_slow_percent(const u32 *samples, size_t n, u32 limit)
{
	return door_slow_percent(samples, n, limit);
}
EXPORT_SYMBOL_GPL(stats_rs_slow_percent);

int stats_rs_of(const u32 *samples, size_t n, struct door_stats *to)
{
	return door_of(samples, n, to);
}
EXPORT_SYMBOL_GPL(stats_rs_of);

int stats_rs_add(struct door_stats *s, u32 sample)
{
	return door_add(s, sample);
}
EXPORT_SYMBOL_GPL(stats_rs_add);

s64 stats_rs_mean(const struct door_stats *s)
{
	return door_mean(s);
}
EXPORT_SYMBOL_GPL(stats_rs_mean);
