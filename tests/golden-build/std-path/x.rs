// SPDX-License-Identifier: GPL-2.0

//! Uses std by its path.

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
        std::thread::sleep(core::time::Duration::from_millis(1));
        Ok(X)
    }
}
