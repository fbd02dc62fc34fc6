/* SPDX-License-Identifier: GPL-2.0 */
/* What stats_rs.ko offers to C; the tests come in by this door. */
#ifndef DOOR_H
#define DOOR_H

#include <linux/types.h>

struct door_stats {
	u32 count;
	u32 total;
	u32 longest;
};

/* Those of survey.rs. */
u32 stats_rs_longest(const u32 *samples, size_t n);
u32 stats_rs_slow_percent(const u32 *samples, size_t n, u32 limit);

/* Stats::of: 0 with the statistics in @to, or a negative errno. */
int stats_rs_of(const u32 *samples, size_t n, struct door_stats *to);

/* Stats::add, to what @s says: 0, or a negative errno. */
int stats_rs_add(struct door_stats *s, u32 sample);

/* Stats::mean of what @s says: the mean, or -1 for None. */
s64 stats_rs_mean(const struct door_stats *s);

/* The same in door.rs, not exported. */
u32 door_longest(const u32 *samples, size_t n);
u32 door_slow_percent(const u32 *samples, size_t n, u32 limit);
int door_of(const u32 *samples, size_t n, struct door_stats *to);
int door_add(struct door_stats *s, u32 sample);
s64 door_mean(const struct door_stats *s);

#endif
