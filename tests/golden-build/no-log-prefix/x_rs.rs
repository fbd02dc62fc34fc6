// SPDX-License-Identifier: GPL-2.0

//! Prints, and has no module!.

use kernel::prelude::*;

/// Says hello.
#[no_mangle]
pub extern "C" fn x_hello() {
    pr_info!("hello\n");
}
