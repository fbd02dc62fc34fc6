// SPDX-License-Identifier: GPL-2.0

//! Declares a static inline function of C as if it were a symbol.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

extern "C" {
    fn get_order(size: usize) -> i32;
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        let order = unsafe { get_order(8192) };
        pr_info!("{order}\n");
        Ok(X)
    }
}
