// SPDX-License-Identifier: GPL-2.0

//! Meets a condition that it declared impossible.

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
        kernel::warn_on!(black_box(7) > 3); // HERE
        Ok(Bad)
    }
}
