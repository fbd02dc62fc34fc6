// SPDX-License-Identifier: GPL-2.0

//! Writes through null.

use kernel::prelude::*;

module! {
    type: Bad,
    name: "bad_rs",
    authors: ["Kiln"],
    description: "A module that misbehaves",
    license: "GPL",
}

struct Bad;

impl kernel::Module for Bad {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        let p = core::hint::black_box(core::ptr::null_mut::<i32>());
        // SAFETY: There is none: that is what this is for.
        unsafe { *p = 1 }; // HERE
        Ok(Bad)
    }
}
