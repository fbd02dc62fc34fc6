// SPDX-License-Identifier: GPL-2.0

//! Keeps a raw pointer beyond the life of its owner.

use core::hint::black_box;
use kernel::prelude::*;

module! {
    type: Bad,
    name: "bad_rs",
    authors: ["Kiln"],
    description: "A module that misbehaves",
    license: "GPL",
}

struct Bad;

impl kernel::Module for Bad {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        let owner = KBox::new(7u32, GFP_KERNEL)?;
        let p: *const u32 = black_box(&*owner);
        drop(owner);
        // SAFETY: There is none: the owner has gone.
        pr_info!("{}\n", unsafe { *p }); // HERE
        Ok(Bad)
    }
}
