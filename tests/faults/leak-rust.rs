// SPDX-License-Identifier: GPL-2.0

//! Forgets a box, which is then never freed.

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
        for _ in 0..black_box(3) {
            core::mem::forget(KBox::new([0u8; 64], GFP_KERNEL)?); // HERE
        }
        Ok(Bad)
    }
}
