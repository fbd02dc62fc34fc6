// SPDX-License-Identifier: GPL-2.0

//! Reaches what it declared unreachable.

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
        match black_box(7) {
            0 => (),
            _ => unreachable!("only zero was expected"), // HERE
        }
        Ok(Bad)
    }
}
