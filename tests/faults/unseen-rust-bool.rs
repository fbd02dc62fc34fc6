// SPDX-License-Identifier: GPL-2.0

//! Makes a bool of a byte that is neither true nor false.

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
        let byte = black_box(7u8);
        // SAFETY: There is none: 7 is no bool.
        let b: bool = unsafe { core::mem::transmute(byte) };
        pr_info!("{}\n", black_box(b));
        Ok(Bad)
    }
}
