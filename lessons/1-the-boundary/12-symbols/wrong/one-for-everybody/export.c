// SPDX-License-Identifier: GPL-2.0
/* What gauge.ko offers to other modules. The functions are in gauge_rs.rs. */
#include <linux/export.h>

#include "gauge.h"

EXPORT_SYMBOL_GPL(gauge_percent);
EXPORT_SYMBOL(gauge_calls);
