// SPDX-License-Identifier: GPL-2.0

//! Does not look whether it worked.

use kernel::prelude::*;

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
        let mut v = KVec::new();
        v.push(1u32, GFP_KERNEL);
        pr_info!("{}\n", v.len());
        Ok(X)
    }
}
