// SPDX-License-Identifier: GPL-2.0

//! The same function as in `convert.c`.

use kernel::prelude::*;

const __LOG_PREFIX: &[u8] = b"thermo\0";

/// Which file are you from?
#[no_mangle]
pub extern "C" fn convert_who() {
    pr_info!("convert.rs answers\n");
}
