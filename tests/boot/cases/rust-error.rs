// SPDX-License-Identifier: GPL-2.0

//! Does not compile.

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
        let answer: i32 = "forty-two";
        pr_info!("{}\n", answer);
        Ok(Bad)
    }
}
