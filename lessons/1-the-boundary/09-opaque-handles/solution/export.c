// SPDX-License-Identifier: GPL-2.0
/*
 * For the tests. EXPORT_SYMBOL() exists in C only: this lends it to the
 * functions of handle.rs, as rust/exports.c does for those of the kernel's
 * own crates.
 */
#include <linux/export.h>

#include "history.h"

#define EXPORT_RUST(name) \
	EXPORT_SYMBOL_GPL(name)

EXPORT_RUST(history_new);
EXPORT_RUST(history_add);
EXPORT_RUST(history_sum);
EXPORT_RUST(history_free);
EXPORT_RUST(history_alive);
