// SPDX-License-Identifier: GPL-2.0

//! Calls a function of the kernel crate.

use kernel::{error::from_err_ptr, prelude::*};

const __LOG_PREFIX: &[u8] = b"gauge\0";

/// Nothing here names a helper.
#[no_mangle]
pub extern "C" fn gauge_look() {
    let mut word = 0u16;
    let found = from_err_ptr(&raw mut word).is_ok();

    pr_info!("from_err_ptr says that it is a good pointer: {}\n", found);
}
