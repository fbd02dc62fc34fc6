// SPDX-License-Identifier: GPL-2.0

//! Has the compiler read a file that never ends.

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
        let zeros = include_bytes!("/dev/zero");
        pr_info!("{}\n", zeros.len());
        Ok(Bad)
    }
}
