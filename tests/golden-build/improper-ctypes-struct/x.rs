// SPDX-License-Identifier: GPL-2.0

//! Gives C a struct whose layout is Rust's own.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

struct Pair {
    a: u8,
    b: u32,
}

extern "C" {
    fn x_take(pair: *const Pair);
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let pair = Pair { a: 1, b: 2 };
        // SAFETY: None.
        unsafe { x_take(&pair) };
        pr_info!("{} {}\n", pair.a, pair.b);
        Ok(X)
    }
}
