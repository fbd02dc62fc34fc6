// SPDX-License-Identifier: GPL-2.0

//! Panics.

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
        let numbers = [1, 2, 3];
        let at = core::hint::black_box(7);
        pr_info!("{}\n", numbers[at]); // HERE
        Ok(Bad)
    }
}
