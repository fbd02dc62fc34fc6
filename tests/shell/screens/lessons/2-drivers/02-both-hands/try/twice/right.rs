// SPDX-License-Identifier: GPL-2.0

//! The right hand.

use kernel::prelude::*;

module! {
    type: Right,
    name: "right",
    authors: ["Kiln"],
    description: "The right hand, in Rust",
    license: "GPL",
}

struct Right;

/// The sum of three numbers.
#[no_mangle]
pub extern "C" fn sum3(a: i32, b: i32, c: i32) -> i32 {
    a.wrapping_add(b).wrapping_add(c)
}

impl kernel::Module for Right {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("{}\n", sum3(1, 2, 3));
        Ok(Right)
    }
}
