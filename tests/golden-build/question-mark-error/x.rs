// SPDX-License-Identifier: GPL-2.0

//! Uses ? on an error that is none of the kernel's.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

struct Bad;

fn parse(s: &str) -> core::result::Result<u32, Bad> {
    if s.is_empty() {
        Err(Bad)
    } else {
        Ok(1)
    }
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("{}\n", parse("7")?);
        Ok(X)
    }
}
