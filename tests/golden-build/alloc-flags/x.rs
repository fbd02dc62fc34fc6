// SPDX-License-Identifier: GPL-2.0

//! Allocates without saying how.

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
        v.push(1u32)?;
        pr_info!("{}\n", *KBox::new(7u32)? + v[0]);
        Ok(X)
    }
}
