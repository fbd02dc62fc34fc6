// SPDX-License-Identifier: GPL-2.0

//! Builds in place with KBox::new() what must be pinned.

use kernel::prelude::*;
use kernel::sync::{new_mutex, Mutex};

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
        let lock: KBox<Mutex<u32>> = KBox::new(new_mutex!(7u32), GFP_KERNEL)?;
        pr_info!("{}\n", *lock.lock());
        Ok(X)
    }
}
