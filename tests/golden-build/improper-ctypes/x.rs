// SPDX-License-Identifier: GPL-2.0

//! Gives C what C cannot take.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

extern "C" {
    fn x_print(text: &str);
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: None.
        unsafe { x_print("hello") };
        Ok(X)
    }
}
