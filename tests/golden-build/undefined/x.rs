// SPDX-License-Identifier: GPL-2.0

//! Calls C that nobody has written.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

extern "C" {
    fn x_half(n: i32) -> i32;
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        pr_info!("{}\n", unsafe { x_half(4) });
        Ok(X)
    }
}
