// SPDX-License-Identifier: GPL-2.0

//! A module that behaves.

use kernel::prelude::*;

module! {
    type: Ring,
    name: "ring",
    authors: ["Kiln"],
    description: "A module of two languages",
    license: "GPL",
}

extern "C" {
    fn ring_answer() -> c_int;
}

struct Ring;

impl kernel::Module for Ring {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: It takes nothing and keeps nothing.
        pr_info!("ready: {}\n", unsafe { ring_answer() });
        Ok(Ring)
    }
}
