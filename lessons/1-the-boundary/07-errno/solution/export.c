// SPDX-License-Identifier: GPL-2.0
#include <linux/export.h>

#include "doors.h"

/* Rust cannot export a symbol of its own: C does it for depot_rs.rs. */
#define EXPORT_RUST_GPL(sym) EXPORT_SYMBOL_GPL(sym)

EXPORT_RUST_GPL(seen_status);
EXPORT_RUST_GPL(seen_count);
EXPORT_RUST_GPL(seen_lookup);
EXPORT_RUST_GPL(seen_alloc);
EXPORT_RUST_GPL(told_status);
EXPORT_RUST_GPL(told_count);
EXPORT_RUST_GPL(told_lookup);
EXPORT_RUST_GPL(told_alloc);
