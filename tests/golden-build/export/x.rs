// SPDX-License-Identifier: GPL-2.0

//! Exports what the kernel's headers do not declare.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

/// Half of it.
#[export]
pub unsafe extern "C" fn x_half(n: i32) -> i32 {
    n / 2
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("hello\n");
        Ok(X)
    }
}
