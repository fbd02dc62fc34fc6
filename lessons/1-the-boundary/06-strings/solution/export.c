// SPDX-License-Identifier: GPL-2.0
#include <linux/export.h>

#include "gauge.h"

/* Rust cannot export a symbol of its own: C does it for gauge_rs.rs. */
#define EXPORT_RUST_GPL(sym) EXPORT_SYMBOL_GPL(sym)

EXPORT_RUST_GPL(gauge_parse);
EXPORT_RUST_GPL(gauge_show);
