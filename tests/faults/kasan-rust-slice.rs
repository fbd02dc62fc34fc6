// SPDX-License-Identifier: GPL-2.0

//! Makes a slice that is longer than the memory behind it.

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
        let v = KVec::from_elem(1u32, 4, GFP_KERNEL)?;
        // SAFETY: There is none: the vector has 4 elements.
        let s = unsafe { core::slice::from_raw_parts(v.as_ptr(), black_box(6)) };
        pr_info!("{}\n", s.iter().fold(0, |a, b| a ^ b)); // HERE
        Ok(Bad)
    }
}
