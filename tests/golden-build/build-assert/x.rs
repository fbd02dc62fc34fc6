// SPDX-License-Identifier: GPL-2.0

//! Asserts at build time what is known at run time only.

use kernel::prelude::*;
use core::hint::black_box;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

#[inline(always)]
fn half(n: usize) -> usize {
    build_assert!(n % 2 == 0);
    n / 2
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("{}\n", half(black_box(4)));
        Ok(X)
    }
}
