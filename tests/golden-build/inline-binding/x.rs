// SPDX-License-Identifier: GPL-2.0

//! Calls a static inline function of C, for which there is no binding.

use kernel::prelude::*;
use kernel::bindings;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        let order = unsafe { bindings::get_order(8192) };
        pr_info!("{order}\n");
        Ok(X)
    }
}
