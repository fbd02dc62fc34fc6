// SPDX-License-Identifier: GPL-2.0

//! Borrows a static that anybody may change.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

static mut COUNT: [u32; 2] = [0; 2];

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        pr_info!("{}\n", unsafe { COUNT.iter().sum::<u32>() });
        Ok(X)
    }
}
