// SPDX-License-Identifier: GPL-2.0

//! Calls C without unsafe.

use kernel::prelude::*;
use kernel::bindings;

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
        bindings::msleep(1);
        Ok(X)
    }
}
