// SPDX-License-Identifier: GPL-2.0

//! Fails its own assertion.

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
        assert_eq!(black_box(2) + 2, 5, "the sum is wrong"); // HERE
        Ok(Bad)
    }
}
