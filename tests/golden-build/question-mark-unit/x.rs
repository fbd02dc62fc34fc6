// SPDX-License-Identifier: GPL-2.0

//! Uses ? where there is nobody to take the error.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

fn fill(v: &mut KVec<u32>) {
    v.push(1, GFP_KERNEL)?;
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut v = KVec::new();
        fill(&mut v);
        Ok(X)
    }
}
