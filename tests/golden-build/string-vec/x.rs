// SPDX-License-Identifier: GPL-2.0

//! Uses String and Vec.

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
        let s = String::from("hello");
        let v = Vec::<u32>::new();
        pr_info!("{} {}\n", s.len(), v.len());
        Ok(X)
    }
}
