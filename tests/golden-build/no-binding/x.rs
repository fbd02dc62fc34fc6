// SPDX-License-Identifier: GPL-2.0

//! Calls a C function that there is not.

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
        // SAFETY: None.
        unsafe { bindings::msleep_a_little(10) };
        Ok(X)
    }
}
