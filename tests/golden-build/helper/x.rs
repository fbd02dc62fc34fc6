// SPDX-License-Identifier: GPL-2.0

//! Calls a helper that nobody has written.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

extern "C" {
    fn rust_helper_x_half(n: i32) -> i32;
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        pr_info!("{}\n", unsafe { rust_helper_x_half(4) });
        Ok(X)
    }
}
