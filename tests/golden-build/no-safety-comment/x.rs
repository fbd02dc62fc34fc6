// SPDX-License-Identifier: GPL-2.0

//! Has an unsafe block without a reason.

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
        unsafe { bindings::msleep(1) };
        Ok(X)
    }
}
