// SPDX-License-Identifier: GPL-2.0

//! Makes two owners of one pointer.

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
        let p = KBox::into_raw(KBox::new(7u32, GFP_KERNEL)?);
        // SAFETY: `p` comes from `into_raw`.
        let first = unsafe { KBox::from_raw(p) };
        // SAFETY: There is none: `first` owns it already.
        let second = unsafe { KBox::from_raw(black_box(p)) };
        drop(first);
        drop(second); // HERE
        Ok(Bad)
    }
}
