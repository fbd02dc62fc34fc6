// SPDX-License-Identifier: GPL-2.0

//! Prints to a terminal.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        println!("hello");
        Ok(X)
    }
}
