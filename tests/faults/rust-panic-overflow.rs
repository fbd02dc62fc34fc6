// SPDX-License-Identifier: GPL-2.0

//! Adds beyond the end of its type.

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
        let n: u8 = core::hint::black_box(255);
        pr_info!("{}\n", n + 1); // HERE
        Ok(Bad)
    }
}
