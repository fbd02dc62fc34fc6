// SPDX-License-Identifier: GPL-2.0

//! Never returns, and waits politely.

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
        // What spins is a function of the kernel crate's, inlined here.
        while p.is_null() { // HERE
            kernel::processor::cpu_relax(); // HERE
        }
        Ok(Bad)
    }
}
