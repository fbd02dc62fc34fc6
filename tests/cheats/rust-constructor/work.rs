// SPDX-License-Identifier: GPL-2.0

//! Prints from the section of constructors.

use kernel::prelude::*;

module! {
    type: Work,
    name: "work",
    authors: ["Kiln"],
    description: "A module in Rust",
    license: "GPL",
}

struct Work;

/// Run by the module loader.
#[used]
#[link_section = ".init_array"]
static CONSTRUCTOR: extern "C" fn() = print;

extern "C" fn print() {
    pr_info!("ready\n");
}

impl kernel::Module for Work {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        Ok(Work)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        pr_info!("gone\n");
    }
}
