// SPDX-License-Identifier: GPL-2.0

//! Looks at what bindgen has made.

use kernel::prelude::*;

const __LOG_PREFIX: &[u8] = b"gauge\0";
const BINDINGS: &str = include_str!("gauge_bindings.rs");

/// Prints which of these names it has.
#[no_mangle]
pub extern "C" fn gauge_look() {
    for what in [
        "const GAUGE_FULL_MV",
        "const GAUGE_VALID",
        "fn gauge_is_fresh",
        "fn gauge_take",
        "fn gauge_mv",
        "fn gauge_read",
    ] {
        let there = if BINDINGS.contains(what) { "there" } else { "not there" };

        pr_info!("{what}: {there}\n");
    }
}
