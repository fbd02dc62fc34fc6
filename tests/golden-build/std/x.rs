// SPDX-License-Identifier: GPL-2.0

//! Uses std.

use kernel::prelude::*;
use std::collections::HashMap;

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
        let map: HashMap<u32, u32> = HashMap::new();
        pr_info!("{}\n", map.len());
        Ok(X)
    }
}
