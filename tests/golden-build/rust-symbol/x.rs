// SPDX-License-Identifier: GPL-2.0

//! Calls Rust in another module by its mangled name.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

extern "C" {
    #[link_name = "_RNvCs1fJyFbVYyS2_3lib4half"]
    fn half(n: i32) -> i32;
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        pr_info!("{}\n", unsafe { half(4) });
        Ok(X)
    }
}
