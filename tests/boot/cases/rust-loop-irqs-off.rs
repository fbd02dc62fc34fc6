// SPDX-License-Identifier: GPL-2.0

//! Never returns, and nothing can interrupt it.

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
        // SAFETY: There is none: that is what this is for.
        unsafe { core::arch::asm!("cli") };
        loop { // HERE
            core::hint::black_box(0); // HERE
        }
        Ok(Bad)
    }
}
