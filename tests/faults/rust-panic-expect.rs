// SPDX-License-Identifier: GPL-2.0

//! Expects an Ok, and is given an error.

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
        let result: Result<u32> = black_box(Err(EINVAL));
        pr_info!("{}\n", result.expect("the device answers")); // HERE
        Ok(Bad)
    }
}
