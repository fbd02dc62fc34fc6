// SPDX-License-Identifier: GPL-2.0

//! A module that says that it comes and goes.

use kernel::prelude::*;

module! {
    type: Work,
    name: "work",
    authors: ["Kiln"],
    description: "A module in Rust",
    license: "GPL",
}

struct Work;

impl kernel::Module for Work {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        Ok(Work)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        pr_info!("gone\n");
    }
}
