// SPDX-License-Identifier: GPL-2.0

//! Mixes up the numbers of C and Rust.

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
        let ms: i64 = 10;
        // SAFETY: Init may sleep.
        unsafe { bindings::msleep(ms) };
        Ok(X)
    }
}
