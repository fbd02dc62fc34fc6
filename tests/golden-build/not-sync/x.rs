// SPDX-License-Identifier: GPL-2.0

//! Shares what must not be shared.

use kernel::prelude::*;
use core::cell::Cell;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

static COUNT: Cell<u32> = Cell::new(0);

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        COUNT.set(1);
        Ok(X)
    }
}
