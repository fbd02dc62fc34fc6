// SPDX-License-Identifier: GPL-2.0

//! Drops one reference twice.

use core::hint::black_box;
use kernel::prelude::*;
use kernel::sync::Arc;

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
        let p = Arc::into_raw(Arc::new(7u32, GFP_KERNEL)?);
        // SAFETY: `p` comes from `into_raw`.
        drop(unsafe { Arc::from_raw(p) });
        // SAFETY: There is none: that was the only reference.
        drop(unsafe { Arc::from_raw(black_box(p)) }); // HERE
        Ok(Bad)
    }
}
