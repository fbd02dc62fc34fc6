// SPDX-License-Identifier: GPL-2.0
/* What gauge.ko offers to other modules. The functions are in gauge_rs.rs. */
#include <linux/export.h>

#include "gauge.h"

u32 gauge_rs_percent(u32 level, u32 size);
u64 gauge_rs_calls(void);

u32 gauge_percent(u32 level, u32 size)
{
	return gauge_rs_percent(level, size);
}
EXPORT_SYMBOL_GPL(gauge_percent);

u64 gauge_calls(void)
{
	return gauge_rs_calls();
}
EXPORT_SYMBOL_GPL(gauge_calls);
