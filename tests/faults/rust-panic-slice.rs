// SPDX-License-Identifier: GPL-2.0

//! Cuts a slice that is longer than the whole.

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
        let v = KVec::from_elem(1u8, 4, GFP_KERNEL)?;
        pr_info!("{}\n", v[..black_box(9)].len()); // HERE
        Ok(Bad)
    }
}
