// SPDX-License-Identifier: GPL-2.0

//! Reaches what is still to be written.

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
        let n: u32 = todo!("count the devices"); // HERE
        #[allow(unreachable_code)]
        {
            pr_info!("{n}\n");
            Ok(Bad)
        }
    }
}
