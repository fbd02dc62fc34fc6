// SPDX-License-Identifier: GPL-2.0

//! Looks at what bindgen has made.

use kernel::prelude::*;

const __LOG_PREFIX: &[u8] = b"fan\0";
const BINDINGS: &str = include_str!("fan_bindings.rs");

/// Counts the declarations.
#[no_mangle]
pub extern "C" fn fan_look() {
    pr_info!(
        "the build went well, and fan_bindings.rs declares {} functions\n",
        BINDINGS.matches("pub fn ").count()
    );
}
