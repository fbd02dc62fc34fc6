// SPDX-License-Identifier: GPL-2.0

//! An error, and a condition, as they are written in C.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

fn close(users: u32) -> Result<u32> {
    if !users {
        return -EINVAL;
    }
    Ok(users - 1)
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        close(1)?;
        Ok(X)
    }
}
