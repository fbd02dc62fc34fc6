// SPDX-License-Identifier: GPL-2.0

//! A function with a body, and a declaration of the same name.

use kernel::prelude::*;

mod fan_bindings;
use fan_bindings as abi;

const __LOG_PREFIX: &[u8] = b"fan\0";

/// The one with a body.
///
/// # Safety
///
/// None is needed.
#[no_mangle]
pub unsafe extern "C" fn fan_headroom(_zone: *const abi::fan_zone) -> c_long {
    0
}

/// Compares the two.
#[no_mangle]
pub extern "C" fn fan_look() {
    let declared = abi::fan_headroom as usize;
    let defined = fan_headroom as usize;
    let same = declared == defined;

    pr_info!("abi::fan_headroom and fan_headroom, one address: {}\n", same);
}
