// SPDX-License-Identifier: GPL-2.0

//! Uses ? on an Option where a Result is asked for.

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
        let v = KVec::<u32>::new();
        pr_info!("{}\n", v.first()?);
        Ok(X)
    }
}
